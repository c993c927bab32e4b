package facesort.worker;

import facesort.schemas.FailureCode;

/** Thrown by a stage's work: this task can never be done, and trying again cannot help. */
public final class RejectedTask extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final String why;

  /**
   * Without a stack trace: it is an answer, not a fault.
   *
   * @param code the word that names the failure everywhere
   * @param why one line for people, without personal data
   */
  public RejectedTask(FailureCode code, String why) {
    super(code + ": " + why, null, false, false);
    this.code = code;
    this.why = why;
  }

  /** The word that names the failure. */
  public FailureCode code() {
    return code;
  }

  /** One line for people. */
  public String why() {
    return why;
  }
}
