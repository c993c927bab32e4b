package facesort.inference.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a model answered, by the names it gives its outputs. */
public final class ModelOutputs {
  private final Map<String, float[]> outputs;

  ModelOutputs(Map<String, float[]> outputs) {
    this.outputs = Map.copyOf(outputs);
  }

  /** Returns the names of the outputs. */
  public Set<String> names() {
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

  /**
   * Returns itself: for answers that would look like "nothing there" otherwise.
   *
   * @throws InvalidOutput if one of the values is NaN or infinite
   */
  public ModelOutputs finite() {
    outputs.forEach((name, values) -> {
      // 0 times anything but a number is NaN, and stays that in a sum.
      float sum = 0;
      for (float value : values) {
        sum += 0 * value;
      }
      if (Float.isNaN(sum)) {
        throw new InvalidOutput(name);
      }
    });
    return this;
  }

  /** Returns what some items of a batch were answered. */
  ModelOutputs part(int first, int items, int batch) {
    Map<String, float[]> part = new HashMap<>();
    outputs.forEach((name, values) -> {
      int size = values.length / batch;
      part.put(name, Arrays.copyOfRange(values, first * size, (first + items) * size));
    });
    return new ModelOutputs(part);
  }

  /** Returns the answers of one batch that went through the model in parts. */
  static ModelOutputs joined(List<ModelOutputs> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Map<String, float[]> joined = new HashMap<>();
    for (String name : parts.getFirst().names()) {
      joined.put(name, joined(parts, name));
    }
    return new ModelOutputs(joined);
  }

  private static float[] joined(List<ModelOutputs> parts, String name) {
    float[] joined = new float[parts.stream().mapToInt(part -> part.get(name).length).sum()];
    int at = 0;
    for (ModelOutputs part : parts) {
      float[] values = part.get(name);
      System.arraycopy(values, 0, joined, at, values.length);
      at += values.length;
    }
    return joined;
  }
}
