package facesort.inference.enroll;

import facesort.inference.face.Embedding;
import facesort.schemas.FailureCode;

/** Whether a reference photo is taken. */
public sealed interface ReferenceVerdict {
  /**
   * The photo shows one good face.
   *
   * @param embedding of that face
   */
  record Accepted(Embedding embedding) implements ReferenceVerdict {}

  /**
   * The photo is not taken.
   *
   * @param code why, for machines
   * @param faces how many faces it shows
   * @param message why, one line for people
   */
  record Refused(FailureCode code, int faces, String message) implements ReferenceVerdict {}
}
