package facesort.inference.onnx;

import java.util.List;

/** Makes the AttributeProto messages that new nodes need. */
final class OnnxAttribute {
  private static final int NAME = 1;
  private static final int INTEGER = 3;
  private static final int INTEGERS = 8;
  private static final int TYPE = 20;

  private OnnxAttribute() {}

  static OnnxMessage integer(String name, long value) {
    return named(name, 2).withIntegers(INTEGER, List.of(value));
  }

  static OnnxMessage integers(String name, List<Long> values) {
    return named(name, 7).withIntegers(INTEGERS, values);
  }

  private static OnnxMessage named(String name, long type) {
    return OnnxMessage.EMPTY.withTexts(NAME, List.of(name)).withIntegers(TYPE, List.of(type));
  }
}
