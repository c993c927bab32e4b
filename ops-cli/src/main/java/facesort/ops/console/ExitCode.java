package facesort.ops.console;

/** What the command's exit code says. */
public enum ExitCode {
  /** All went well. */
  DONE(0),
  /** Something failed; one line on standard error says what. */
  ERROR(1),
  /** The command line is wrong. */
  USAGE(2),
  /** An audit could not be made, so that nobody can tell; what it would find may be anything. */
  NOT_CHECKED(2),
  /** The named job, friend or service does not exist. */
  NOT_FOUND(3),
  /** The job ended FAILED or CANCELLED, or with {@code --strict} one of its photos failed. */
  JOB_FAILED(4),
  /** The machine lacks what the command needs: EX_UNAVAILABLE of sysexits.h. */
  UNAVAILABLE(69);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number given to the shell. */
  public int code() {
    return code;
  }
}
