package facesort.state.job;

import static facesort.schemas.JobState.CANCELLED;
import static facesort.schemas.JobState.CLEANING;
import static facesort.schemas.JobState.COMPLETED;
import static facesort.schemas.JobState.DELIVERING;
import static facesort.schemas.JobState.FAILED;
import static facesort.schemas.JobState.MATCHED;
import static facesort.schemas.JobState.QUEUED;
import static facesort.schemas.JobState.RUNNING;
import static facesort.schemas.JobState.UNKNOWN;

import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of legal moves of a job, and the move that its facts ask for. Back to RUNNING and to
 * CANCELLED it only goes by command.
 */
final class JobMoves {

  /** From each state the states that may follow; what is not named here never happens. */
  static final Map<JobState, Set<JobState>> LEGAL =
      Map.of(
          UNKNOWN, Set.of(),
          QUEUED, Set.of(RUNNING, CANCELLED, FAILED),
          RUNNING, Set.of(MATCHED, CANCELLED, FAILED),
          MATCHED, Set.of(DELIVERING, CLEANING, CANCELLED, RUNNING),
          DELIVERING, Set.of(CLEANING, CANCELLED, RUNNING),
          CLEANING, Set.of(COMPLETED, RUNNING),
          COMPLETED, Set.of(RUNNING),
          CANCELLED, Set.of(RUNNING),
          FAILED, Set.of(RUNNING));

  /** The states that only a new run leaves. */
  private static final Set<JobState> TERMINAL = Set.of(COMPLETED, CANCELLED, FAILED);

  /** One step; a failure only goes with FAILED. */
  record Move(JobState to, @Nullable FailureCode failure) {

    private static Optional<Move> to(JobState state) {
      return Optional.of(new Move(state, null));
    }

    private static Optional<Move> failed(FailureCode why) {
      return Optional.of(new Move(FAILED, why));
    }
  }

  private JobMoves() {}

  /** The next step, one at a time; empty when the job stays where it is. */
  static Optional<Move> next(JobFacts job, long now) {
    return switch (job.state()) {
      case QUEUED -> begun(job) ? Move.to(RUNNING) : givenUp(job, now);
      case RUNNING -> allSettled(job) ? settled(job) : givenUp(job, now);
      case MATCHED -> matched(job);
      case DELIVERING -> job.openPairs() == 0 ? Move.to(CLEANING) : Optional.empty();
      case CLEANING -> job.cleaning().done() ? Move.to(COMPLETED) : Optional.empty();
      case UNKNOWN, COMPLETED, CANCELLED, FAILED -> Optional.empty();
    };
  }

  /**
   * Refuses a move that is not legal.
   *
   * @throws IllegalStateException naming both states
   */
  static void require(JobState from, JobState to) {
    if (!LEGAL.getOrDefault(from, Set.of()).contains(to)) {
      throw new IllegalStateException("a job never goes from " + from + " to " + to);
    }
  }

  static boolean isTerminal(JobState state) {
    return TERMINAL.contains(state);
  }

  /** True while cleanup may be asked for: nothing of the job is worked on. */
  static boolean isCleaned(JobState state) {
    return state == CLEANING || isTerminal(state);
  }

  /** Before this the job may still fail, afterwards it only goes on to its end. */
  static boolean isBeforeMatched(JobState state) {
    return state == QUEUED || state == RUNNING;
  }

  private static boolean begun(JobFacts job) {
    var tally = job.tally();
    return tally.submitted() > tally.count(PhotoState.QUEUED) || allSettled(job);
  }

  private static boolean allSettled(JobFacts job) {
    return job.intake().closed() && job.tally().inFlight() == 0 && job.runs().requeues().isEmpty();
  }

  private static Optional<Move> settled(JobFacts job) {
    var tally = job.tally();
    var failed = tally.count(PhotoState.FAILED);
    return failed > 0 && failed + tally.count(PhotoState.DUPLICATE) == tally.submitted()
        ? Move.to(FAILED)
        : Move.to(MATCHED);
  }

  private static Optional<Move> matched(JobFacts job) {
    if (job.tally().answered() > 0) {
      return Move.to(DELIVERING);
    }
    return job.openPairs() == 0 ? Move.to(CLEANING) : Optional.empty();
  }

  private static Optional<Move> givenUp(JobFacts job, long now) {
    var intake = job.intake();
    if (intake.refused() != null) {
      return Move.failed(intake.refused());
    }
    var deadline = job.deadline();
    return deadline != null && now >= deadline
        ? Move.failed(FailureCode.DEADLINE)
        : Optional.empty();
  }
}
