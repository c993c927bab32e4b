package facesort.inference.image;

import facesort.schemas.FailureCode;

/** A photo that can never be used: trying again cannot help. */
public final class RejectedPhoto extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;
  private final int attempts;

  /** Says what is wrong, as a code for machines and as a sentence for people. */
  public RejectedPhoto(FailureCode code, String why) {
    this(code, why, 1);
  }

  /** As the other, of a photo that was tried several times. */
  public RejectedPhoto(FailureCode code, String why, int attempts) {
    super(why);
    this.code = code;
    this.attempts = attempts;
  }

  /** Returns what is wrong. */
  public FailureCode code() {
    return code;
  }

  /** Returns how often it was tried, at least once. */
  public int attempts() {
    return attempts;
  }
}
