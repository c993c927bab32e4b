package facesort.worker;

/** A stage or its worker cannot start; the message says what is missing and where. */
public final class StageRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public StageRefused(String message) {
    super(message);
  }

  /** With one line for people and what was thrown. */
  public StageRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
