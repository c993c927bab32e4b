package facesort.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session of ONNX Runtime, with one thread inside. A call runs on the thread that makes it. */
final class OrtModelSession implements ModelSession {
  private static final Logger log = LoggerFactory.getLogger(OrtModelSession.class);
  private static final String INPUT = "input";

  private final ShippedModel model;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private OrtModelSession(ShippedModel model, OrtEnvironment environment, OrtSession session) {
    this.model = model;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens one, on a thread with a deep stack.
   *
   * @throws OrtException if the runtime does not take the file or the device
   */
  static OrtModelSession open(ShippedModel model, byte[] file, Device device) throws OrtException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      return switch (device) {
        case Device.Cpu _ ->
            new OrtModelSession(model, environment, environment.createSession(file, options));
        case Device.Cuda cuda -> onCuda(model, environment, file, options, cuda);
      };
    }
  }

  private static OrtModelSession onCuda(
      ShippedModel model,
      OrtEnvironment environment,
      byte[] file,
      SessionOptions options,
      Device.Cuda device)
      throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.number())) {
      cuda.add("gpu_mem_limit", Long.toString(device.memoryBytes()));
      // The shapes are few and fixed: doubling would take memory that nobody uses.
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      // Trying all algorithms would choose by the clock, and compute a little else at each start.
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      // Its mantissa has 10 bits: matches must be those of the processor.
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
      // Its buffers are never given back when calls change threads (onnxruntime#29351).
      options.setMemoryPatternOptimization(false);
      return new OrtModelSession(model, environment, environment.createSession(file, options));
    }
  }

  @Override
  public ModelOutputs run(FloatBuffer inputs, int batch) throws OrtException {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The session is closed");
      }
      FloatBuffer items = inputs.slice(inputs.position(), batch * model.itemSize());
      try (OnnxTensor tensor = OnnxTensor.createTensor(environment, items, model.shape(batch));
          OrtSession.Result result = session.run(Map.of(INPUT, tensor))) {
        Map<String, float[]> outputs = new HashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), floats((OnnxTensor) output.getValue()));
        }
        return new ModelOutputs(outputs);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private static float[] floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  /** A session that still runs stays open: to take it away would end the process, not the call. */
  @Override
  public void close() {
    if (!use.writeLock().tryLock()) {
      return;
    }
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException | RuntimeException e) {
      log.warn("the session of {} could not be closed: {}", model.model(), e.toString());
    } finally {
      use.writeLock().unlock();
    }
  }
}
