package facesort.state.job;

import facesort.schemas.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * What closes a job.
 *
 * @param submission what SUBMIT said; null before
 * @param jobTotal number of photos that tasks named; null when none did
 * @param closed true when no further task is taken
 * @param refused why its control record was refused; null when it was not
 */
record Intake(
    JobEvent.@Nullable Submission submission,
    @Nullable Integer jobTotal,
    boolean closed,
    @Nullable FailureCode refused) {

  static final Intake OPEN = new Intake(null, null, false, null);

  /** Number of photos announced; null when nobody did. */
  @Nullable Integer announced() {
    return submission != null ? Integer.valueOf(submission.total()) : jobTotal;
  }

  Intake withSubmission(JobEvent.Submission said) {
    return submission != null ? this : new Intake(said, jobTotal, closed, refused);
  }

  Intake withJobTotal(@Nullable Integer total) {
    if (total == null || (jobTotal != null && jobTotal >= total)) {
      return this;
    }
    return new Intake(submission, total, closed, refused);
  }

  Intake asClosed() {
    return new Intake(submission, jobTotal, true, refused);
  }

  Intake asRefused(FailureCode code) {
    return new Intake(submission, jobTotal, closed, code);
  }
}
