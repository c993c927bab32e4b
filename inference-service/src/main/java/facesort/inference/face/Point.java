package facesort.inference.face;

/**
 * A position in a photo.
 *
 * @param x pixels from the left edge
 * @param y pixels from the upper edge
 */
public record Point(float x, float y) {

  /** Returns this position in a photo that is {@code factor} times as large. */
  public Point scaled(float factor) {
    return new Point(x * factor, y * factor);
  }

  /** Whether both are numbers. */
  public boolean isFinite() {
    return Float.isFinite(x) && Float.isFinite(y);
  }
}
