package facesort.inference.onnx;

import java.util.Map;
import java.util.Set;

/** What a model answered, by the names it gives its outputs. */
public final class ModelOutputs {
  private final Map<String, float[]> outputs;

  ModelOutputs(Map<String, float[]> outputs) {
    this.outputs = Map.copyOf(outputs);
  }

  Set<String> names() {
    return outputs.keySet();
  }

  /**
   * Returns an output, the items of the batch following each other.
   *
   * @throws IllegalArgumentException if the model has no such output
   */
  public float[] get(String name) {
    float[] output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException("No output " + name + " in " + outputs.keySet());
    }
    return output;
  }
}
