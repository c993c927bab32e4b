package facesort.inference.onnx;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether an edited model still says what the shipped one says, and says it the same alone and in a
 * batch. The inputs are random but the same at every run.
 */
final class ModelCheck {
  private static final long SEED = 20_260_101;
  private static final int ITEMS = 3;
  private static final double LEAST_COSINE = 0.99999;
  private static final double EDIT_TOLERANCE = 1e-3;
  private static final double BATCH_TOLERANCE = 1e-5;

  private ModelCheck() {}

  /**
   * Compares the two files.
   *
   * @throws ModelRefused if an output differs by more than rounding
   */
  static void compare(ShippedModel model, byte[] shipped, byte[] edited) {
    float[] inputs = inputs(model);
    try (OnnxModel original = OnnxModel.open(model, shipped);
        OnnxModel changed = OnnxModel.open(model, edited)) {
      ModelOutputs batch = changed.run(inputs, ITEMS);
      for (int item = 0; item < ITEMS; item++) {
        float[] input =
            Arrays.copyOfRange(inputs, item * model.itemSize(), (item + 1) * model.itemSize());
        ModelOutputs expected = original.run(input, 1);
        ModelOutputs alone = changed.run(input, 1);
        for (String output : expected.names()) {
          float[] shippedAlone = expected.get(output);
          float[] editedAlone = alone.get(output);
          float[] inBatch = item(batch.get(output), item);
          requireSame(model, "edited", shippedAlone, editedAlone, EDIT_TOLERANCE);
          requireSame(model, "batched", editedAlone, inBatch, BATCH_TOLERANCE);
        }
      }
    }
  }

  private static float[] inputs(ShippedModel model) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] inputs = new float[ITEMS * model.itemSize()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble(-1, 1);
    }
    return inputs;
  }

  private static float[] item(float[] batch, int item) {
    int size = batch.length / ITEMS;
    return Arrays.copyOfRange(batch, item * size, (item + 1) * size);
  }

  /** The tolerance is a part of the largest number expected. */
  static void requireSame(
      ShippedModel model, String what, float[] expected, float[] found, double tolerance) {
    double largest = 0;
    double difference = 0;
    double dot = 0;
    double squares = 0;
    double foundSquares = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
      dot += (double) expected[i] * found[i];
      squares += (double) expected[i] * expected[i];
      foundSquares += (double) found[i] * found[i];
    }
    double cosine = dot / Math.sqrt(squares * foundSquares);
    // Written so that NaN is refused.
    if (!(difference <= tolerance * largest && cosine >= LEAST_COSINE)) {
      throw new ModelRefused(
          "Model %s: %s output differs by %.2e of %.2e, cosine %.7f"
              .formatted(model.model(), what, difference, largest, cosine));
    }
  }
}
