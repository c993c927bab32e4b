package facesort.inference.onnx;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

  /** A thread that may open ONNX Runtime; not started. */
  static Thread thread(String name, Runnable work) {
    return new Thread(null, work, name, BYTES);
  }

  static <T> T call(Task<T> task) throws ExecutionException {
    FutureTask<T> result = new FutureTask<>(task::run);
    thread("onnx-opening", result).start();
    return await(result);
  }

  /** Waits to the end: a session cannot be abandoned half open; an interrupt is kept. */
  static <T> T await(Future<T> result) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
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
