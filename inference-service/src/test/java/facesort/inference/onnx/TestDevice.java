package facesort.inference.onnx;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/**
 * A graphics processor that is none: an owner thread and buckets as there, around real sessions on
 * the processor. It can be broken, and the processor, too; it remembers what the models were given.
 */
public final class TestDevice {
  private final ModelDevice device;
  private final Map<ShippedModel, List<float[]>> inputs = new ConcurrentHashMap<>();
  private final Map<ShippedModel, List<Integer>> buckets = new ConcurrentHashMap<>();
  private final Map<Device, Fault> faults = new ConcurrentHashMap<>();
  private final Set<ShippedModel> poisoned = ConcurrentHashMap.newKeySet();

  /** What makes a call fail: it is given the model and the inputs. */
  @FunctionalInterface
  public interface Fault {
    /** Throws, or does not. */
    void strike(ShippedModel model, FloatBuffer inputs) throws OrtException;
  }

  private TestDevice(DeviceChoice choice) {
    this.device = new ModelDevice(choice, this::open);
  }

  /** One that has the graphics processor. */
  public static TestDevice cuda() {
    return new TestDevice(DeviceChoice.of("cuda", 1L << 30));
  }

  /** One that has only the processor. */
  public static TestDevice cpu() {
    return new TestDevice(DeviceChoice.CPU);
  }

  /** What models are opened on. */
  public ModelDevice device() {
    return device;
  }

  /** From now on calls on the graphics processor, or on the processor, meet this fault. */
  public void breakDown(boolean cuda, Fault fault) {
    faults.put(cuda ? DeviceChoice.of("cuda", 1L << 30).device() : Device.CPU, fault);
  }

  /** From now on a model answers with what is no number. */
  public void poison(ShippedModel model) {
    poisoned.add(model);
  }

  /** From now on all is well. */
  public void mend() {
    faults.clear();
    poisoned.clear();
  }

  /** Each input that a model was given, since it was opened. */
  List<float[]> inputs(ShippedModel model) {
    return inputs.computeIfAbsent(model, m -> new CopyOnWriteArrayList<>());
  }

  /** How many items each call had. */
  List<Integer> buckets(ShippedModel model) {
    return buckets.computeIfAbsent(model, m -> new CopyOnWriteArrayList<>());
  }

  private ModelSession open(ShippedModel model, byte[] file, Device on) throws ExecutionException {
    return switch (on) {
      case Device.Cpu _ ->
          DeepStack.call(() -> new Session(model, on, OrtModelSession.open(model, file, on)));
      case Device.Cuda _ ->
          OwnedSession.open(
              model, () -> new Session(model, on, OrtModelSession.open(model, file, Device.CPU)));
    };
  }

  private final class Session implements ModelSession {
    private final ShippedModel model;
    private final Device on;
    private final ModelSession real;

    Session(ShippedModel model, Device on, ModelSession real) {
      this.model = model;
      this.on = on;
      this.real = real;
    }

    @Override
    public ModelOutputs run(FloatBuffer given, int batch)
        throws OrtException, InterruptedException {
      buckets(model).add(batch);
      for (int i = 0; i < batch; i++) {
        float[] input = new float[model.itemSize()];
        given.get(given.position() + i * model.itemSize(), input);
        inputs(model).add(input);
      }
      Fault fault = faults.get(on);
      if (fault != null) {
        fault.strike(model, given);
      }
      ModelOutputs outputs = real.run(given, batch);
      return poisoned.contains(model) ? withoutNumbers(outputs) : outputs;
    }

    private static ModelOutputs withoutNumbers(ModelOutputs outputs) {
      Map<String, float[]> poison = new HashMap<>();
      for (String name : outputs.names()) {
        float[] values = new float[outputs.get(name).length];
        Arrays.fill(values, Float.NaN);
        poison.put(name, values);
      }
      return new ModelOutputs(poison);
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
