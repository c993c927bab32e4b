package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of a job as a whole: of fixed size whatever the number of photos.
 *
 * @param ownerId owner; empty while only dead letters without one were seen
 * @param state state, which only moves along {@link JobMoves}
 * @param failure why it FAILED; null otherwise
 * @param intake what closes it
 * @param tally counts over its photos
 * @param matchUpto by partition of match.result the offset after the last record folded
 * @param cleaning what was asked of cleanup
 * @param commands answers to the last 20 commands, oldest first
 * @param lastEventAt when the last event was folded, milliseconds since 1970 UTC
 * @param finishedAt when it ended, milliseconds since 1970 UTC; null before
 */
record JobFacts(
    String jobId,
    String ownerId,
    JobState state,
    @Nullable FailureCode failure,
    Intake intake,
    Tally tally,
    NavigableMap<Integer, Long> matchUpto,
    Cleaning cleaning,
    List<Answer> commands,
    long lastEventAt,
    @Nullable Long finishedAt) {

  private static final int COMMANDS_KEPT = 20;

  /**
   * What closes the job.
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

  /**
   * What was asked of cleanup.
   *
   * @param requests how many requests were made
   * @param done true once one was answered
   * @param againAt when something that was kept may go, milliseconds since 1970 UTC; null = never
   */
  record Cleaning(int requests, boolean done, @Nullable Long againAt) {

    static final Cleaning NONE = new Cleaning(0, false, null);
  }

  /**
   * The answer to a command: refused with the code, accepted when there is none.
   *
   * @param run run that it opened, or the last one that it ended
   * @param photos photos that it cancelled, or that are queued again
   * @param message one line for people; null when there is none
   */
  record Answer(
      String eventId,
      JobCommand command,
      @Nullable FailureCode code,
      int run,
      int photos,
      @Nullable String message) {}

  /** A job of which nothing is known yet. */
  static JobFacts open(String jobId, String ownerId, long now) {
    return new JobFacts(
        jobId,
        ownerId,
        JobState.QUEUED,
        null,
        Intake.OPEN,
        Tally.ZERO,
        new TreeMap<>(),
        Cleaning.NONE,
        List.of(),
        now,
        null);
  }

  /**
   * Its release policy: what SUBMIT said; without SUBMIT nothing goes out (UNKNOWN) while the job
   * is open, and AUTO holds once it is closed.
   */
  ReleasePolicy release() {
    if (intake.submission() != null) {
      return intake.submission().release();
    }
    return intake.closed() ? ReleasePolicy.AUTO : ReleasePolicy.UNKNOWN;
  }

  /** Photos the job will have; null while nobody knows. */
  @Nullable Integer total() {
    var announced = intake.announced();
    if (intake.closed()) {
      return Math.max(announced == null ? 0 : announced, tally.submitted());
    }
    return announced;
  }

  /** Pairs that wait for the owner; in a dry run nobody is asked. */
  int heldPairs() {
    return release() == ReleasePolicy.DRY_RUN ? 0 : tally.count(DeliveryState.HELD);
  }

  /** Pairs that are neither closed nor held. */
  int openPairs() {
    return tally.count(DeliveryState.PLANNED)
        + tally.count(DeliveryState.RELEASED)
        + tally.count(DeliveryState.SENDING)
        + tally.count(DeliveryState.HELD)
        - heldPairs();
  }

  JobFacts in(JobState next, @Nullable FailureCode cause, @Nullable Long endedAt) {
    return new JobFacts(
        jobId,
        ownerId,
        next,
        cause,
        intake,
        tally,
        matchUpto,
        cleaning,
        commands,
        lastEventAt,
        endedAt);
  }

  JobFacts with(Intake next) {
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        next,
        tally,
        matchUpto,
        cleaning,
        commands,
        lastEventAt,
        finishedAt);
  }

  JobFacts with(Tally next) {
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        intake,
        next,
        matchUpto,
        cleaning,
        commands,
        lastEventAt,
        finishedAt);
  }

  JobFacts with(Cleaning next) {
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        intake,
        tally,
        matchUpto,
        next,
        commands,
        lastEventAt,
        finishedAt);
  }

  JobFacts seenAt(String owner, long now) {
    return new JobFacts(
        jobId,
        ownerId.isEmpty() ? owner : ownerId,
        state,
        failure,
        intake,
        tally,
        matchUpto,
        cleaning,
        commands,
        Math.max(lastEventAt, now),
        finishedAt);
  }

  JobFacts withMatchAt(Origin origin) {
    var upto = new TreeMap<>(matchUpto);
    upto.merge(origin.partition(), origin.offset() + 1, Math::max);
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        intake,
        tally,
        upto,
        cleaning,
        commands,
        lastEventAt,
        finishedAt);
  }

  JobFacts answered(Answer said) {
    if (commands.stream().anyMatch(answer -> answer.eventId().equals(said.eventId()))) {
      return this;
    }
    var answers = new ArrayList<>(commands);
    answers.add(said);
    if (answers.size() > COMMANDS_KEPT) {
      answers.removeFirst();
    }
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        intake,
        tally,
        matchUpto,
        cleaning,
        List.copyOf(answers),
        lastEventAt,
        finishedAt);
  }
}
