package facesort.inference.enroll;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
import facesort.schemas.FailureCode;
import java.util.List;
import java.util.Optional;

/**
 * Takes a reference photo only when it shows exactly one good face. Which of two faces is the
 * friend cannot be known, and a wrong guess would send photos to a stranger; a bad face would do so
 * each time it is compared, so more is asked of it than of a face on a photo.
 *
 * @param minSide least length of the shorter side of the face's box, pixels of the whole photo
 * @param minSharpness least sharpness, as {@link FaceQuality} says
 * @param maxTurn largest yaw or pitch to either side, degrees
 * @param maxRoll largest roll to either side, degrees
 */
public record EnrollGate(float minSide, float minSharpness, float maxTurn, float maxRoll) {
  /** What was measured to give embeddings that stay themselves. */
  public static final EnrollGate DEFAULT = new EnrollGate(40, 16, 50, 60);

  /** Judges the faces of a reference photo. */
  public ReferenceVerdict judge(List<Face> faces) {
    if (faces.isEmpty()) {
      return new Refused(
          FailureCode.NO_FACE, 0, "No face found; send a photo that shows the whole face");
    }
    if (faces.size() > 1) {
      return new Refused(
          FailureCode.MULTIPLE_FACES,
          faces.size(),
          faces.size() + " faces found; cut the photo so that only the friend is on it");
    }
    return judge(faces.getFirst());
  }

  private ReferenceVerdict judge(Face face) {
    float side = Math.min(face.box().width(), face.box().height());
    Embedding embedding = face.embedding();
    FaceQuality quality = face.quality();
    if (side < minSide) {
      return refused(
          FailureCode.FACE_TOO_SMALL,
          "The face is %d pixels wide, at least %d are needed; send a larger photo or one from nearer"
              .formatted((int) side, (int) minSide));
    }
    if (embedding == null || quality == null) {
      return refused(
          face.skipped() == null ? FailureCode.LOW_QUALITY : face.skipped(),
          "The face cannot be recognised; send a sharp photo of a face that looks at the camera");
    }
    return fault(quality)
        .<ReferenceVerdict>map(fault -> refused(FailureCode.LOW_QUALITY, fault))
        .orElseGet(() -> new Accepted(embedding));
  }

  /** What is wrong with a face, in one line; NaN is wrong. */
  private Optional<String> fault(FaceQuality quality) {
    float turn = Math.max(Math.abs(quality.yaw()), Math.abs(quality.pitch()));
    float roll = Math.abs(quality.roll());
    if (!(quality.sharpness() >= minSharpness)) {
      return Optional.of(
          "The face is blurred: sharpness %d, at least %d is needed; send a sharper photo"
              .formatted((int) quality.sharpness(), (int) minSharpness));
    }
    if (!(turn <= maxTurn)) {
      return Optional.of(
          "The face is turned away by about %d degrees, at most %d are taken; send a photo of a face that looks at the camera"
              .formatted(Math.round(turn), (int) maxTurn));
    }
    if (!(roll <= maxRoll)) {
      return Optional.of(
          "The face is tilted by about %d degrees, at most %d are taken; turn the photo upright"
              .formatted(Math.round(roll), (int) maxRoll));
    }
    return Optional.empty();
  }

  private static Refused refused(FailureCode code, String message) {
    return new Refused(code, 1, message);
  }
}
