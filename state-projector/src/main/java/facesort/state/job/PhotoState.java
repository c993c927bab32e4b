package facesort.state.job;

/** Where a photo stands; the first two are in flight, the others settle it. */
public enum PhotoState {
  /** Waits for detection. */
  QUEUED,
  /** Its faces are known, their friends not yet. */
  DETECTED,
  /** At least one friend, accepted or put to review. */
  MATCHED,
  /** Faces, but no friend. */
  NO_MATCH,
  /** Looked at, no face. */
  NO_FACE,
  /** Same bytes as another photo of the job. */
  DUPLICATE,
  /** Could not be processed. */
  FAILED,
  /** Not processed, the job was cancelled. */
  CANCELLED;

  boolean inFlight() {
    return this == QUEUED || this == DETECTED;
  }
}
