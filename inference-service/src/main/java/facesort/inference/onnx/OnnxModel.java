package facesort.inference.onnx;

import ai.onnxruntime.OrtException;
import facesort.inference.onnx.ModelDevice.Opened;
import java.nio.FloatBuffer;

/**
 * A model ready to run. Any number of threads may call {@link #run} at once; on the processor that,
 * not threads inside a call, is what uses all cores.
 *
 * <p>When its device has been given up, the next call opens it on the processor.
 */
public final class OnnxModel implements AutoCloseable {
  private final ShippedModel model;
  private final byte[] file;
  private final ModelDevice device;
  private volatile Opened opened;

  private OnnxModel(ShippedModel model, byte[] file, ModelDevice device) {
    this.model = model;
    this.file = file;
    this.device = device;
    this.opened = device.open(model, file);
  }

  /**
   * Opens it on the processor.
   *
   * @throws ModelRefused if the runtime does not take the file
   */
  static OnnxModel open(ShippedModel model, byte[] file) {
    return open(model, file, ModelDevice.of(DeviceChoice.CPU));
  }

  /**
   * Opens it.
   *
   * @throws ModelRefused if the runtime does not take the file, or the device that must be
   */
  static OnnxModel open(ShippedModel model, byte[] file, ModelDevice device) {
    return new OnnxModel(model, file, device);
  }

  /** Returns how many numbers one input has. */
  public int itemSize() {
    return model.itemSize();
  }

  ModelDevice device() {
    return device;
  }

  /** Returns the width of the picture it takes, in pixels. */
  public int columns() {
    return model.columns();
  }

  /** Returns the height of the picture it takes, in pixels. */
  public int rows() {
    return model.rows();
  }

  /**
   * Runs the model on {@code batch} inputs that follow each other in {@code input}.
   *
   * @throws InferenceFailed if the runtime fails
   */
  public ModelOutputs run(float[] input, int batch) {
    return run(FloatBuffer.wrap(input), batch);
  }

  /**
   * Runs the model on {@code batch} inputs that follow each other from the buffer's position on;
   * the buffer is left as it is. A direct one in the machine's byte order is not copied.
   *
   * @throws InferenceFailed if the runtime fails; on a graphics processor it is given up then, and
   *     the same call will do on the processor
   */
  public ModelOutputs run(FloatBuffer input, int batch) {
    Opened now = current();
    try {
      ModelOutputs outputs = now.session().run(input, batch);
      // On the processor it is the input's doing, and the caller's to judge.
      return now.device().equals(Device.CPU) ? outputs : outputs.finite();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceFailed(model.model(), e);
    } catch (OrtException | RuntimeException | Error e) {
      device.failed(now.device(), e);
      throw new InferenceFailed(model.model(), e);
    }
  }

  private Opened current() {
    Opened now = opened;
    return now.device().equals(device.current()) ? now : moved();
  }

  private synchronized Opened moved() {
    Opened before = opened;
    if (!before.device().equals(device.current())) {
      opened = device.open(model, file);
      before.session().close();
    }
    return opened;
  }

  @Override
  public void close() {
    opened.session().close();
  }
}
