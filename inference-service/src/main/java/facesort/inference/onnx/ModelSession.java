package facesort.inference.onnx;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;

/** One model, open on one device. Any number of threads may use it. */
interface ModelSession extends AutoCloseable {
  /**
   * Runs the model on so many inputs, which follow each other from the buffer's position on. The
   * buffer is left as it is.
   *
   * @throws InterruptedException when the thread is interrupted while it waits for others
   */
  ModelOutputs run(FloatBuffer inputs, int batch) throws OrtException, InterruptedException;

  /** Calls that run go on; later ones fail. Never throws. */
  @Override
  void close();
}
