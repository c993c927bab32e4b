package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of a job as a whole: of fixed size whatever the number of photos.
 *
 * @param ownerId owner; empty while only dead letters without one were seen
 * @param state state, which only moves along {@link JobMoves}
 * @param failure why it FAILED; null otherwise
 * @param intake what closes it
 * @param tally counts over its photos
 * @param runs its runs, and how each ended
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
    Runs runs,
    Cleaning cleaning,
    List<Answer> commands,
    long lastEventAt,
    @Nullable Long finishedAt) {

  private static final int COMMANDS_KEPT = 20;

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
        Runs.FIRST,
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

  /** When it fails unless it is MATCHED, milliseconds since 1970 UTC; null = never. */
  @Nullable Long deadline() {
    var submission = intake.submission();
    return runs.deadline() != null || submission == null
        ? runs.deadline()
        : Long.valueOf(submission.deadline());
  }

  /** Photos that are to come, or that are not finished. */
  int unfinished() {
    var announced = intake.closed() ? null : intake.announced();
    var submitted = tally.submitted();
    return tally.inFlight() + (announced == null ? 0 : Math.max(0, announced - submitted));
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

  /** True when both make the same status, but for when it was. */
  boolean tellsAs(JobFacts other) {
    return cleaning.requests() == other.cleaning.requests()
        && with(other.cleaning).seenAt("", other.lastEventAt).equals(other.seenAt("", lastEventAt));
  }

  JobFacts in(JobState next, @Nullable FailureCode cause, @Nullable Long endedAt) {
    return new JobFacts(
        jobId, ownerId, next, cause, intake, tally, runs, cleaning, commands, lastEventAt, endedAt);
  }

  JobFacts with(Intake next) {
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        next,
        tally,
        runs,
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
        runs,
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
        runs,
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
        runs,
        cleaning,
        commands,
        Math.max(lastEventAt, now),
        finishedAt);
  }

  JobFacts with(Runs next) {
    return new JobFacts(
        jobId,
        ownerId,
        state,
        failure,
        intake,
        tally,
        next,
        cleaning,
        commands,
        lastEventAt,
        finishedAt);
  }

  boolean hasAnswered(String eventId) {
    return commands.stream().anyMatch(answer -> answer.eventId().equals(eventId));
  }

  JobFacts answered(Answer said) {
    if (hasAnswered(said.eventId())) {
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
        runs,
        cleaning,
        List.copyOf(answers),
        lastEventAt,
        finishedAt);
  }
}
