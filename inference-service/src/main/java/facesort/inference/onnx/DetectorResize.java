package facesort.inference.onnx;

import static facesort.inference.onnx.ModelEdits.ATTRIBUTE_TENSOR;
import static facesort.inference.onnx.ModelEdits.GRAPH_INPUT;
import static facesort.inference.onnx.ModelEdits.GRAPH_NODE;
import static facesort.inference.onnx.ModelEdits.GRAPH_OUTPUT;
import static facesort.inference.onnx.ModelEdits.GRAPH_VALUE_INFO;
import static facesort.inference.onnx.ModelEdits.MODEL_GRAPH;
import static facesort.inference.onnx.ModelEdits.NODE_ATTRIBUTE;
import static facesort.inference.onnx.ModelEdits.NODE_OPERATOR;

import java.util.Arrays;
import java.util.List;

/**
 * Gives the detector a field of another size: its weights fit any, but the places where it looks
 * are constants of its graph. They are known by their values, so that a model whose constants the
 * formula does not give is not changed but refused. Pure.
 */
final class DetectorResize {
  private static final int DIMENSION_VALUE = 1;
  private static final long COORDINATES = 2;

  private final PriorBoxes from;
  private final PriorBoxes to;
  private int centres;
  private int sizes;

  private DetectorResize(PriorBoxes from, PriorBoxes to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Returns the detector, made for a field of one size, for a field of another.
   *
   * @throws IllegalArgumentException if it has other constants than one table of centres and two of
   *     sizes, each as {@link PriorBoxes} gives them
   */
  static byte[] apply(byte[] model, int width, int height, int newWidth, int newHeight) {
    DetectorResize resize =
        new DetectorResize(PriorBoxes.of(width, height), PriorBoxes.of(newWidth, newHeight));
    byte[] resized =
        OnnxMessage.parse(model)
            .edited(MODEL_GRAPH, graph -> resize.graph(graph, newWidth, newHeight))
            .toBytes();
    if (resize.centres != 1 || resize.sizes != 2) {
      throw new IllegalArgumentException(
          "%d tables of centres and %d of sizes, must be 1 and 2"
              .formatted(resize.centres, resize.sizes));
    }
    return resized;
  }

  private OnnxMessage graph(OnnxMessage graph, long width, long height) {
    return graph
        .edited(GRAPH_NODE, this::node)
        .edited(
            GRAPH_INPUT,
            input ->
                ModelEdits.withDimension(
                    ModelEdits.withDimension(input, 2, fixed(height)), 3, fixed(width)))
        .edited(GRAPH_OUTPUT, output -> ModelEdits.withDimension(output, 1, fixed(to.count())))
        .without(GRAPH_VALUE_INFO);
  }

  private static OnnxMessage fixed(long value) {
    return OnnxMessage.EMPTY.withIntegers(DIMENSION_VALUE, List.of(value));
  }

  private OnnxMessage node(OnnxMessage node) {
    return node.text(NODE_OPERATOR).equals("Constant")
        ? node.edited(NODE_ATTRIBUTE, attribute -> attribute.edited(ATTRIBUTE_TENSOR, this::table))
        : node;
  }

  private OnnxMessage table(OnnxMessage tensor) {
    if (!OnnxTensorData.holdsFloats(tensor)) {
      return tensor;
    }
    float[] values = OnnxTensorData.floats(tensor);
    if (Arrays.equals(values, from.centres())) {
      centres++;
      return table(to.centres());
    }
    if (Arrays.equals(values, from.sizes())) {
      sizes++;
      return table(to.sizes());
    }
    return tensor;
  }

  private OnnxMessage table(float[] values) {
    return OnnxTensorData.floatTensor("", List.of(1L, (long) to.count(), COORDINATES), values);
  }
}
