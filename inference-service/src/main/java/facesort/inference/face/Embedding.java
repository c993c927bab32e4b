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
    float[] unit = new float[values.length];
    new Embedding(values).writeUnit(unit, 0, 1);
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

  /** Returns whether a cosine can be told: it has a length, and no number is NaN or infinite. */
  public boolean isComparable() {
    double length = length(values);
    return length > 0 && length < Double.POSITIVE_INFINITY;
  }

  /**
   * Writes the numbers divided by the Euclidean length to {@code target[from + i * step]}. The
   * length and the quotients are computed in double, each quotient is rounded once.
   */
  public void writeUnit(float[] target, int from, int step) {
    double length = length(values);
    for (int i = 0; i < values.length; i++) {
      target[from + i * step] = (float) (values[i] / length);
    }
  }

  /**
   * Returns the cosine between two embeddings, computed in double, in index order, and rounded
   * once: the same on every machine. NaN if one has no length, a NaN, an infinite number, or
   * another dimension.
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

  /** In double no square of a float is lost or too large. */
  private static double length(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
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
