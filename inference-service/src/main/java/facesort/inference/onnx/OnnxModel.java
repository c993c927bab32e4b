package facesort.inference.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model ready to run: one session for the process, one thread inside it. Any number of threads
 * may call {@link #run} at once; that, not threads inside a call, is what uses all cores.
 */
public final class OnnxModel implements AutoCloseable {
  private static final String INPUT = "input";

  private final ShippedModel model;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private OnnxModel(ShippedModel model, OrtEnvironment environment, OrtSession session) {
    this.model = model;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a session.
   *
   * @throws ModelRefused if the runtime does not take the file
   */
  static OnnxModel open(ShippedModel model, byte[] file) {
    try {
      return DeepStack.call(() -> opened(model, file));
    } catch (ExecutionException e) {
      throw new ModelRefused("Model " + model.model() + ": ONNX Runtime refuses it", e);
    }
  }

  private static OnnxModel opened(ShippedModel model, byte[] file) throws OrtException {
    try (SessionOptions options = new SessionOptions()) {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      return new OnnxModel(model, environment, environment.createSession(file, options));
    }
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
   * The same. The numbers of a direct buffer in the machine's byte order are read where they are;
   * nobody may change them meanwhile.
   */
  public ModelOutputs run(FloatBuffer input, int batch) {
    use.readLock().lock();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, model.shape(batch));
        OrtSession.Result result = session.run(Map.of(INPUT, tensor))) {
      Map<String, float[]> outputs = new HashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        outputs.put(output.getKey(), floats((OnnxTensor) output.getValue()));
      }
      return new ModelOutputs(outputs);
    } catch (OrtException | RuntimeException | Error e) {
      throw new InferenceFailed(model.model(), e);
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
      session.close();
    } catch (OrtException e) {
      throw new InferenceFailed(model.model(), e);
    } finally {
      use.writeLock().unlock();
    }
  }
}
