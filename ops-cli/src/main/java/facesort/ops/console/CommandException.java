package facesort.ops.console;

import org.jspecify.annotations.Nullable;

/** A command cannot be done; the message is one line: what, where, what to do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  /** With the exit code and one line for the user. */
  public CommandException(ExitCode code, String line) {
    this(code, line, null);
  }

  /** With the cause, shown by {@code --verbose}. */
  public CommandException(ExitCode code, String line, @Nullable Throwable cause) {
    super(line, cause);
    this.code = code;
  }

  /** An ordinary failure. */
  public static CommandException error(String line, Throwable cause) {
    return new CommandException(ExitCode.ERROR, line, cause);
  }

  /** A wrong command line. */
  public static CommandException usage(String line) {
    return new CommandException(ExitCode.USAGE, line);
  }

  /** What the shell is told. */
  public ExitCode code() {
    return code;
  }
}
