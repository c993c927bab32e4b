package facesort.inference.enroll;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.schemas.FailureCode;
import java.util.List;

/**
 * Takes a reference photo only when it shows exactly one face, large enough. Which of two faces is
 * the friend cannot be known, and a wrong guess would send photos to a stranger.
 */
public final class EnrollGate {
  /** Least length of the face box's shorter side in pixels. */
  static final int MIN_FACE_PIXELS = 40;

  private EnrollGate() {}

  /** Judges the faces of a reference photo. */
  public static ReferenceVerdict judge(List<Face> faces) {
    if (faces.isEmpty()) {
      return new Refused(FailureCode.NO_FACE, 0, "No face found");
    }
    if (faces.size() > 1) {
      return new Refused(
          FailureCode.MULTIPLE_FACES,
          faces.size(),
          faces.size() + " faces found; cut the photo so that only the friend is on it");
    }
    Face face = faces.getFirst();
    int side = (int) Math.min(face.box().width(), face.box().height());
    Embedding embedding = face.embedding();
    if (side < MIN_FACE_PIXELS || embedding == null) {
      return new Refused(
          FailureCode.FACE_TOO_SMALL,
          1,
          "The face is " + side + " pixels wide, at least " + MIN_FACE_PIXELS + " are needed");
    }
    return new Accepted(embedding);
  }
}
