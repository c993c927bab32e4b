package facesort.inference.face;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A face found in a photo. Positions are in pixels of the whole, upright photo.
 *
 * @param box where it is
 * @param confidence that it is a face, 0 to 1
 * @param points left eye, right eye, nose, left and right mouth corner as seen in the photo; empty
 *     without an embedding
 * @param embedding null when the photo has more faces than are embedded
 */
public record Face(
    BoundingBox box, float confidence, List<Point> points, @Nullable Embedding embedding) {
  /** Copies the points. */
  public Face {
    points = List.copyOf(points);
  }
}
