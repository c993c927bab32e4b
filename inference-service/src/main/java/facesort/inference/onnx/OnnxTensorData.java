package facesort.inference.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes the TensorProto messages of an ONNX file that keep their numbers raw. */
final class OnnxTensorData {
  static final int NAME = 8;
  private static final int DIMENSIONS = 1;
  private static final int TYPE = 2;
  private static final int RAW = 9;
  private static final long FLOAT = 1;
  private static final long INT64 = 7;

  private OnnxTensorData() {}

  static boolean holdsFloats(OnnxMessage tensor) {
    return tensor.integers(TYPE).equals(List.of(FLOAT)) && tensor.has(RAW);
  }

  static boolean holdsIntegers(OnnxMessage tensor) {
    return tensor.integers(TYPE).equals(List.of(INT64)) && tensor.has(RAW);
  }

  static float[] floats(OnnxMessage tensor) {
    byte[] raw = tensor.bytes(RAW);
    float[] values = new float[raw.length / Float.BYTES];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static OnnxMessage withFloats(OnnxMessage tensor, float[] values) {
    byte[] raw = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return tensor.withBytes(RAW, raw);
  }

  static List<Long> integers(OnnxMessage tensor) {
    byte[] raw = tensor.bytes(RAW);
    List<Long> values = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      values.add(buffer.getLong());
    }
    return values;
  }

  static OnnxMessage withIntegers(OnnxMessage tensor, List<Long> values) {
    ByteBuffer raw = ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(raw::putLong);
    return tensor.withBytes(RAW, raw.array());
  }

  /** Returns a new tensor of floats. */
  static OnnxMessage floatTensor(String name, List<Long> dimensions, float[] values) {
    OnnxMessage header =
        OnnxMessage.EMPTY
            .withIntegers(DIMENSIONS, dimensions)
            .withIntegers(TYPE, List.of(FLOAT))
            .withTexts(NAME, List.of(name));
    return withFloats(header, values);
  }
}
