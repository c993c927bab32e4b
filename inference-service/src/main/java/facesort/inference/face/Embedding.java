package facesort.inference.face;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A face as a vector; near vectors are the same person. Biometric data: {@link #toString} shows no
 * number. Immutable.
 */
public final class Embedding {
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /** Returns an embedding of these numbers as they are. */
  public static Embedding of(float... values) {
    return new Embedding(values.clone());
  }

  /** Returns an embedding of these numbers, divided by their Euclidean length. */
  public static Embedding normalised(float... values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / length);
    }
    return new Embedding(unit);
  }

  /**
   * Returns the embedding that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of floats
   */
  public static Embedding fromBytes(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException("An embedding of " + bytes.remaining() + " bytes");
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new Embedding(values);
  }

  /** Returns the numbers as float32, little-endian. */
  public ByteBuffer toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /** Returns how many numbers there are. */
  public int dimension() {
    return values.length;
  }

  /**
   * Returns the cosine between two embeddings, computed in double, in index order, and rounded
   * once: the same on every machine. NaN if one has no length, a NaN, or another dimension.
   */
  public float cosine(Embedding other) {
    if (values.length != other.values.length) {
      return Float.NaN;
    }
    double dot = 0;
    double mine = 0;
    double theirs = 0;
    for (int i = 0; i < values.length; i++) {
      double a = values[i];
      double b = other.values[i];
      dot += a * b;
      mine += a * a;
      theirs += b * b;
    }
    return (float) (dot / (Math.sqrt(mine) * Math.sqrt(theirs)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
