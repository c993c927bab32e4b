package facesort.inference.onnx;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs what opens ONNX Runtime on a thread with a deep stack. The runtime searches the process's
 * command line with a recursive regular expression: 14 KB of class path overflow the usual 1 MB
 * stack, and the process dies without a word.
 */
final class DeepStack {
  private static final long BYTES = 64L << 20;

  /** Work that returns a value or fails. */
  interface Task<T> {
    T run() throws Exception;
  }

  private DeepStack() {}

  static <T> T call(Task<T> task) throws ExecutionException {
    FutureTask<T> result = new FutureTask<>(task::run);
    new Thread(null, result, "onnx-opening", BYTES).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          // A session cannot be abandoned half open; the interrupt is kept for the caller.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
