package facesort.inference.face;

import facesort.schemas.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A face found in a photo. Positions are in pixels of the whole, upright photo.
 *
 * @param box where it is
 * @param confidence that it is a face, 0 to 1
 * @param points left eye, right eye, nose, left and right mouth corner as seen in the photo; empty
 *     without an embedding
 * @param quality how well it can be recognised; null when the face was not looked at closely
 * @param embedding null when the face was skipped
 * @param skipped why there is no embedding; null when there is one
 */
public record Face(
    BoundingBox box,
    float confidence,
    List<Point> points,
    @Nullable FaceQuality quality,
    @Nullable Embedding embedding,
    @Nullable FailureCode skipped) {
  /** Copies the points. A face has either an embedding or a reason why not. */
  public Face {
    if ((embedding == null) == (skipped == null)) {
      throw new IllegalArgumentException("either an embedding or a reason, not " + skipped);
    }
    points = List.copyOf(points);
  }

  /**
   * Returns a face that was looked at closely. When the model gave what is no vector it is skipped
   * as INVALID_OUTPUT: it is never anybody's.
   */
  public static Face embedded(
      BoundingBox box,
      float confidence,
      List<Point> points,
      @Nullable FaceQuality quality,
      Embedding embedding) {
    boolean usable = !Float.isNaN(embedding.cosine(embedding));
    return usable
        ? new Face(box, confidence, points, quality, embedding, null)
        : new Face(box, confidence, points, quality, null, FailureCode.INVALID_OUTPUT);
  }
}
