package facesort.bench.drive;

/** What was measured did not do its work rightly: its speed means nothing. */
public final class WrongOutput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one line that says what is wrong. */
  public WrongOutput(String line) {
    super(line);
  }
}
