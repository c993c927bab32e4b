package facesort.inference.face;

/**
 * An upright rectangle in a photo; it may reach over the photo's edges.
 *
 * @param left pixels from the left edge
 * @param top pixels from the upper edge
 * @param right pixels from the left edge, not below {@code left}
 * @param bottom pixels from the upper edge, not below {@code top}
 */
public record BoundingBox(float left, float top, float right, float bottom) {

  /** Returns the width in pixels. */
  public float width() {
    return right - left;
  }

  /** Returns the height in pixels. */
  public float height() {
    return bottom - top;
  }

  /** Returns the area in square pixels. */
  public float area() {
    return width() * height();
  }

  /** Returns the middle of the rectangle. */
  public Point centre() {
    return new Point((left + right) / 2, (top + bottom) / 2);
  }

  /** Returns the shared area over the joint area, 0 (apart) to 1 (the same). */
  public float overlap(BoundingBox other) {
    float shared = shared(other);
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }

  /** Returns the shared area over the smaller one's, 0 (apart) to 1 (one inside the other). */
  public float covered(BoundingBox other) {
    float shared = shared(other);
    return shared == 0 ? 0 : shared / Math.min(area(), other.area());
  }

  private float shared(BoundingBox other) {
    float width = Math.min(right, other.right) - Math.max(left, other.left);
    float height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  /** Returns this rectangle in a photo that is {@code factor} times as large. */
  public BoundingBox scaled(float factor) {
    return new BoundingBox(left * factor, top * factor, right * factor, bottom * factor);
  }
}
