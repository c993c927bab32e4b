package facesort.inference.image;

import facesort.schemas.FailureCode;

/** A photo that can never be used: trying again cannot help. */
public final class RejectedPhoto extends Exception {
  private static final long serialVersionUID = 1;

  private final FailureCode code;
  private final String why;

  /** Says what is wrong, as a code for machines and as a sentence for people. */
  public RejectedPhoto(FailureCode code, String why) {
    super(why);
    this.code = code;
    this.why = why;
  }

  /** What is wrong. */
  public FailureCode code() {
    return code;
  }

  /** What is wrong, for people. */
  public String why() {
    return why;
  }
}
