package facesort.ops.audit;

/** Where a photo ended, as the topics tell it. */
enum Outcome {
  /** A friend was found, or perhaps one. */
  MATCHED,
  /** Faces, no friend. */
  NO_MATCH,
  /** No face. */
  NO_FACE,
  /** The same bytes as another photo of the job. */
  DUPLICATE,
  /** It failed, by itself or with its job. */
  FAILED,
  /** Its job was cancelled before it was settled. */
  CANCELLED,
  /** It came after its job was closed, and was never part of it. */
  TOO_LATE,
  /** On its way, or not to be judged yet. */
  IN_FLIGHT,
  /** It must be settled, and no record settles it. */
  MISSING
}
