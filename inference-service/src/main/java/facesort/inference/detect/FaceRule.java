package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.FaceQuality;
import facesort.schemas.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Which faces of a photo are not embedded, and why: only those of which no use can be made.
 *
 * @param minSide least length of the shorter side of a face's box, pixels of the whole photo
 * @param minSharpness least sharpness, as {@link FaceQuality} says
 * @param maxTurn largest yaw, pitch or roll to either side, degrees
 */
public record FaceRule(float minSide, float minSharpness, float maxTurn) {
  /** What was measured to leave out no face of use. */
  public static final FaceRule DEFAULT = new FaceRule(16, 3, 75);

  private static final int MOST_EMBEDDED = 100;

  /** Refuses limits that no face can be within. */
  public FaceRule {
    if (!(minSide >= 0 && minSharpness >= 0 && maxTurn > 0 && maxTurn <= 180)) {
      throw new IllegalArgumentException(
          "minSide >= 0, minSharpness >= 0 and 0 < maxTurn <= 180 must hold, given: minSide "
              + minSide
              + ", minSharpness "
              + minSharpness
              + ", maxTurn "
              + maxTurn);
    }
  }

  /**
   * Judges a face by its place.
   *
   * @param box in pixels of the whole photo
   * @param rank how many faces of the photo are larger
   * @return why it is skipped; null when it is looked at
   */
  @Nullable FailureCode beforeLooking(BoundingBox box, int rank) {
    if (rank >= MOST_EMBEDDED) {
      return FailureCode.TOO_MANY_FACES;
    }
    return Math.min(box.width(), box.height()) >= minSide ? null : FailureCode.FACE_TOO_SMALL;
  }

  /** Judges a face by how it looks; null when it is embedded. NaN is no good face. */
  @Nullable FailureCode beforeEmbedding(FaceQuality quality) {
    boolean good =
        quality.sharpness() >= minSharpness
            && Math.abs(quality.yaw()) <= maxTurn
            && Math.abs(quality.pitch()) <= maxTurn
            && Math.abs(quality.roll()) <= maxTurn;
    return good ? null : FailureCode.LOW_QUALITY;
  }
}
