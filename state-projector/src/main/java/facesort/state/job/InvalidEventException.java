package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.service.DeadLetter;
import org.jspecify.annotations.Nullable;

/** An event that was decoded and breaks a rule of the contract. */
final class InvalidEventException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient DeadLetter why;

  /**
   * With what is known of the event.
   *
   * @param head job, owner and task; null when job or owner is no id
   */
  InvalidEventException(String message, JobEvent.@Nullable Head head) {
    super(message);
    why =
        head == null
            ? DeadLetter.unattributed(FailureCode.INVALID_EVENT, message)
            : new DeadLetter(
                FailureCode.INVALID_EVENT,
                message,
                1,
                head.ownerId(),
                head.jobId(),
                null,
                head.source().taskId(),
                head.run());
  }

  /** The dead letter it becomes. */
  DeadLetter why() {
    return why;
  }
}
