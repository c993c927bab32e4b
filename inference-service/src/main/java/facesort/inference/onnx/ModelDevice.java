package facesort.inference.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the models of a process run on. A graphics processor that is refused at the start, or fails
 * later, is given up for all of them until the process is started again: from then on they run on
 * the processor. Any thread may use it.
 */
public final class ModelDevice {
  /** Sizes of the batches that a graphics processor is given. */
  public static final List<Integer> CUDA_BUCKETS = List.of(1, 8, 16, 32);

  private static final Logger log = LoggerFactory.getLogger(ModelDevice.class);

  private final boolean required;
  private final Sessions sessions;
  private volatile Device current;

  /** Opens sessions. */
  interface Sessions {
    /** Opens one, ready to run. */
    ModelSession open(ShippedModel model, byte[] file, Device device) throws ExecutionException;
  }

  ModelDevice(DeviceChoice choice, Sessions sessions) {
    this.current = choice.device();
    this.required = choice.required();
    this.sessions = sessions;
  }

  /** Tries what is wanted. Without a library for graphics processors that is the processor. */
  public static ModelDevice of(DeviceChoice choice) {
    if (!choice.required() && !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      log.info("models run on cpu: this build has no library for a graphics processor");
      return new ModelDevice(DeviceChoice.CPU, ModelDevice::opened);
    }
    return new ModelDevice(choice, ModelDevice::opened);
  }

  static ModelSession opened(ShippedModel model, byte[] file, Device device)
      throws ExecutionException {
    return switch (device) {
      case Device.Cpu _ -> DeepStack.call(() -> OrtModelSession.open(model, file, device));
      case Device.Cuda _ ->
          OwnedSession.open(model, () -> OrtModelSession.open(model, file, device));
    };
  }

  /** What models run on now. */
  public Device current() {
    return current;
  }

  /**
   * Opens a model on what is wanted, or on the processor when that may be.
   *
   * @throws ModelRefused if that is refused
   */
  Opened open(ShippedModel model, byte[] file) {
    Device device = current;
    try {
      return new Opened(device, sessions.open(model, file, device));
    } catch (ExecutionException e) {
      if (device.equals(Device.CPU)) {
        throw new ModelRefused("Model " + model.model() + ": ONNX Runtime refuses it", e);
      }
      refuse(device, e.getCause() == null ? e : e.getCause());
      return open(model, file);
    }
  }

  /** A session, and what it runs on. */
  record Opened(Device device, ModelSession session) {}

  private void refuse(Device device, Throwable cause) {
    if (required) {
      throw new ModelRefused(
          "facesort.models.device wants %s, and that is refused: %s"
              .formatted(device.text(), oneLine(cause)),
          "Build with the Maven profile gpu, have a driver and CUDA 12 with cuDNN 9, or let"
              + " facesort.models.device be auto or cpu.",
          cause);
    }
    if (giveUp(device)) {
      log.warn("models run on cpu, {} is refused: {}", device.text(), oneLine(cause));
    }
  }

  /** A call failed there: nothing else is tried on a graphics processor that has failed once. */
  void failed(Device device, Throwable cause) {
    if (giveUp(device)) {
      log.error(
          "{} is given up, models run on cpu until this is started again: {}",
          device.text(),
          oneLine(cause));
    }
  }

  private synchronized boolean giveUp(Device device) {
    boolean first = current.equals(device) && !device.equals(Device.CPU);
    if (first) {
      current = Device.CPU;
    }
    return first;
  }

  /**
   * Runs a check of all models, once more on the processor when a graphics processor that need not
   * be there does not pass it.
   *
   * @throws ModelRefused if they do not pass it
   */
  public void verify(Runnable check) {
    Device device = current;
    try {
      check.run();
    } catch (ModelRefused | InferenceFailed | InvalidOutput e) {
      if (device.equals(Device.CPU)) {
        throw asRefusal(e);
      }
      refuse(device, e);
      check.run();
    }
  }

  private static ModelRefused asRefusal(RuntimeException failure) {
    return failure instanceof ModelRefused refused
        ? refused
        : new ModelRefused("The models do not run: " + oneLine(failure), failure);
  }

  private static String oneLine(Throwable cause) {
    return cause.toString().replaceAll("\\s+", " ");
  }
}
