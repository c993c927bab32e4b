package facesort.local.process;

import java.util.List;

/** A process cannot be run; the first line of the message is meant for the user. */
public class ProcessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one line for the user. */
  public ProcessException(String line) {
    super(line);
  }

  /** With one line for the user and the cause for the log. */
  public ProcessException(String line, Throwable cause) {
    super(line, cause);
  }

  /** With one line for the user and the last lines of the log that tells more. */
  public ProcessException(String line, List<String> logTail) {
    super(logTail.isEmpty() ? line : line + "\n  | " + String.join("\n  | ", logTail));
  }
}
