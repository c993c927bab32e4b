package facesort.inference.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What we change in a shipped model, and why. Tiny weights: arithmetic on subnormal numbers is many
 * times slower, and none of them reaches the output. PReLU: the fast convolution layout stops at
 * it, but not at the depthwise convolutions that compute the same. Batch dimension: shipped as 1.
 * Pure; the numbers in the comments are field numbers of the ONNX file format.
 */
final class ModelEdits {
  /** Goes up with every change of what an edit does, so that no cached file outlives it. */
  static final int VERSION = 1;

  private static final float TINY = 1e-18f;
  private static final String BATCH = "N";

  static final int MODEL_GRAPH = 7;
  static final int GRAPH_NODE = 1;
  static final int GRAPH_INITIALIZER = 5;
  static final int GRAPH_INPUT = 11;
  static final int GRAPH_OUTPUT = 12;
  static final int GRAPH_VALUE_INFO = 13;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  static final int NODE_OPERATOR = 4;
  static final int NODE_ATTRIBUTE = 5;
  static final int ATTRIBUTE_TENSOR = 5;
  private static final int VALUE_TYPE = 2;
  private static final int TYPE_TENSOR = 1;
  private static final int TENSOR_SHAPE = 2;
  private static final int SHAPE_DIMENSION = 1;
  private static final int DIMENSION_PARAMETER = 2;

  private ModelEdits() {}

  /** Returns the model with all edits made. */
  static byte[] apply(byte[] shipped) {
    return OnnxMessage.parse(shipped)
        .edited(MODEL_GRAPH, graph -> withDynamicBatch(withoutPRelu(withoutTinyWeights(graph))))
        .toBytes();
  }

  private static OnnxMessage withoutTinyWeights(OnnxMessage graph) {
    return graph.edited(
        GRAPH_INITIALIZER,
        tensor -> OnnxTensorData.holdsFloats(tensor) ? withoutTinyNumbers(tensor) : tensor);
  }

  private static OnnxMessage withoutTinyNumbers(OnnxMessage tensor) {
    float[] weights = OnnxTensorData.floats(tensor);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.abs(weights[i]) < TINY ? 0 : weights[i];
    }
    return OnnxTensorData.withFloats(tensor, weights);
  }

  /** PReLU(x) = s x + (1 - s) ReLU(x), each factor a depthwise 1x1 convolution. */
  private static OnnxMessage withoutPRelu(OnnxMessage graph) {
    Map<String, OnnxMessage> tensors = new HashMap<>();
    List<OnnxMessage> initializers = new ArrayList<>(graph.messages(GRAPH_INITIALIZER));
    initializers.forEach(tensor -> tensors.put(tensor.text(OnnxTensorData.NAME), tensor));
    List<OnnxMessage> nodes = new ArrayList<>();
    for (OnnxMessage node : graph.messages(GRAPH_NODE)) {
      if (!node.text(NODE_OPERATOR).equals("PRelu")) {
        nodes.add(node);
        continue;
      }
      String x = node.texts(NODE_INPUT).getFirst();
      String y = node.texts(NODE_OUTPUT).getFirst();
      float[] slope = OnnxTensorData.floats(required(tensors, node.texts(NODE_INPUT).getLast()));
      initializers.add(depthwise(y + "_slope", slope));
      initializers.add(depthwise(y + "_rest", oneMinus(slope)));
      nodes.add(node("Relu", List.of(x), y + "_relu"));
      nodes.add(convolution(List.of(x, y + "_slope"), y + "_a", slope.length));
      nodes.add(convolution(List.of(y + "_relu", y + "_rest"), y + "_b", slope.length));
      nodes.add(node("Add", List.of(y + "_a", y + "_b"), y));
    }
    return graph.withMessages(GRAPH_NODE, nodes).withMessages(GRAPH_INITIALIZER, initializers);
  }

  private static OnnxMessage required(Map<String, OnnxMessage> tensors, String name) {
    OnnxMessage tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("No initializer " + name);
    }
    return tensor;
  }

  private static OnnxMessage depthwise(String name, float[] values) {
    return OnnxTensorData.floatTensor(name, List.of((long) values.length, 1L, 1L, 1L), values);
  }

  private static float[] oneMinus(float[] values) {
    float[] rest = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rest[i] = 1 - values[i];
    }
    return rest;
  }

  private static OnnxMessage node(String operator, List<String> inputs, String output) {
    return OnnxMessage.EMPTY
        .withTexts(NODE_INPUT, inputs)
        .withTexts(NODE_OUTPUT, List.of(output))
        .withTexts(NODE_OPERATOR, List.of(operator));
  }

  private static OnnxMessage convolution(List<String> inputs, String output, int channels) {
    return node("Conv", inputs, output)
        .withMessages(
            NODE_ATTRIBUTE,
            List.of(
                OnnxAttribute.integer("group", channels),
                OnnxAttribute.integers("kernel_shape", List.of(1L, 1L))));
  }

  private static OnnxMessage withDynamicBatch(OnnxMessage graph) {
    Set<String> shapes =
        graph.messages(GRAPH_NODE).stream()
            .filter(node -> node.text(NODE_OPERATOR).equals("Reshape"))
            .map(node -> node.texts(NODE_INPUT).getLast())
            .collect(Collectors.toUnmodifiableSet());
    return graph
        .edited(GRAPH_INPUT, ModelEdits::withBatch)
        .edited(GRAPH_OUTPUT, ModelEdits::withBatch)
        .without(GRAPH_VALUE_INFO)
        .edited(GRAPH_NODE, node -> constantWithBatch(node, shapes))
        .edited(
            GRAPH_INITIALIZER,
            tensor ->
                shapes.contains(tensor.text(OnnxTensorData.NAME))
                    ? withBatchShape(tensor)
                    : tensor);
  }

  private static OnnxMessage withBatch(OnnxMessage value) {
    return withDimension(
        value, 0, OnnxMessage.EMPTY.withTexts(DIMENSION_PARAMETER, List.of(BATCH)));
  }

  /** Returns an input or output with one dimension of its shape replaced. */
  static OnnxMessage withDimension(OnnxMessage value, int index, OnnxMessage dimension) {
    return value.edited(
        VALUE_TYPE,
        type ->
            type.edited(
                TYPE_TENSOR,
                tensor ->
                    tensor.edited(
                        TENSOR_SHAPE,
                        shape -> {
                          List<OnnxMessage> dimensions =
                              new ArrayList<>(shape.messages(SHAPE_DIMENSION));
                          dimensions.set(index, dimension);
                          return shape.withMessages(SHAPE_DIMENSION, dimensions);
                        })));
  }

  private static OnnxMessage constantWithBatch(OnnxMessage node, Set<String> shapes) {
    boolean shape =
        node.text(NODE_OPERATOR).equals("Constant") && shapes.contains(node.text(NODE_OUTPUT));
    return shape
        ? node.edited(
            NODE_ATTRIBUTE,
            attribute -> attribute.edited(ATTRIBUTE_TENSOR, ModelEdits::withBatchShape))
        : node;
  }

  /** A shape that starts with the batch of 1 takes it from the input (0) or infers it (-1). */
  private static OnnxMessage withBatchShape(OnnxMessage tensor) {
    if (!OnnxTensorData.holdsIntegers(tensor)) {
      return tensor;
    }
    List<Long> shape = new ArrayList<>(OnnxTensorData.integers(tensor));
    if (shape.isEmpty() || shape.getFirst() != 1) {
      return tensor;
    }
    shape.set(0, shape.contains(-1L) ? 0L : -1L);
    return OnnxTensorData.withIntegers(tensor, shape);
  }
}
