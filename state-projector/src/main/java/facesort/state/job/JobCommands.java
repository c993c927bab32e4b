package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command does to a job, and its answer. Pure. */
final class JobCommands {

  /** Runs of one job at most, so that its status stays of bounded size. */
  static final int MOST_RUNS = 100;

  private record Refusal(FailureCode code, String message) {}

  private JobCommands() {}

  /** Executes or refuses; the job is answered for either way, once for each event id. */
  static JobFacts take(JobFacts job, JobEvent.Commanded said, Retention retention, long now) {
    return switch (said.command()) {
      case CANCEL -> cancel(job, said, retention, now);
      case RESUME, RETRY -> again(job.with(job.runs().counting()), said, now);
      case UNKNOWN, SUBMIT, RELEASE, RESOLVE, REMATCH ->
          refused(job, said, new Refusal(FailureCode.INVALID_EVENT, "not known to this version"));
    };
  }

  /**
   * A repeat after a RESUME cancels the new run, as the workers that read it understand it, too.
   */
  private static JobFacts cancel(
      JobFacts job, JobEvent.Commanded said, Retention retention, long now) {
    return switch (job.state()) {
      case QUEUED, RUNNING, MATCHED, DELIVERING -> {
        var run = job.runs().counted();
        var photos = job.tally().inFlight();
        yield JobFold.ended(job, JobState.CANCELLED, null, retention, now)
            .answered(
                new JobFacts.Answer(
                    said.eventId(), said.command(), null, run, photos, cancelled(job)));
      }
      case CANCELLED ->
          job.answered(
              new JobFacts.Answer(
                  said.eventId(),
                  said.command(),
                  null,
                  job.runs().counted(),
                  0,
                  "the job was cancelled before, nothing changed"));
      case CLEANING, COMPLETED, FAILED, UNKNOWN ->
          refused(job, said, new Refusal(FailureCode.JOB_ENDED, "the job is over: " + job.state()));
    };
  }

  private static String cancelled(JobFacts job) {
    var open = job.unfinished();
    var all = Math.max(job.tally().submitted(), Objects.requireNonNullElse(job.total(), 0));
    return open == 0
        ? "every photo was finished; what was not sent yet is not sent"
        : "%d of %d photos were not finished; what the others came to stays".formatted(open, all);
  }

  private static JobFacts again(JobFacts job, JobEvent.Commanded said, long now) {
    if (job.hasAnswered(said.eventId())) {
      return job;
    }
    var selected = Objects.requireNonNullElse(said.selected(), Selected.NONE);
    return refusal(job, said, selected)
        .map(why -> refused(job, said, why))
        .orElseGet(() -> opened(job, said, selected, now));
  }

  private static Optional<Refusal> refusal(
      JobFacts job, JobEvent.Commanded said, Selected selected) {
    if (said.command() == JobCommand.RETRY && said.selection().isEmpty()) {
      return because(FailureCode.INVALID_EVENT, "it names no photo, code or signature");
    }
    if (job.runs().counted() > MOST_RUNS) {
      return because(FailureCode.JOB_ENDED, "a job has at most " + MOST_RUNS + " runs");
    }
    if (job.intake().refused() != null) {
      return because(FailureCode.JOB_ENDED, "the job was refused: " + job.intake().refused());
    }
    if (selected.photos() > 0 || (said.command() == JobCommand.RESUME && isBrokenOff(job))) {
      return Optional.empty();
    }
    return selected.gone() > 0
        ? because(FailureCode.SOURCE_DELETED, selected.gone() + " originals were removed already")
        : because(FailureCode.NOTHING_SELECTED, "no photo that is failed or cancelled is meant");
  }

  /** Ended with pairs that were not sent, or with photos that nobody has queued yet. */
  private static boolean isBrokenOff(JobFacts job) {
    var end = job.runs().ended();
    return (job.state() == JobState.CANCELLED || job.state() == JobState.FAILED)
        && job.cleaning().cancelledGone() < end
        && (job.openPairs() > 0 || job.unfinished() > 0);
  }

  private static Optional<Refusal> because(FailureCode code, String message) {
    return Optional.of(new Refusal(code, message));
  }

  private static JobFacts refused(JobFacts job, JobEvent.Commanded said, Refusal why) {
    return job.answered(
        new JobFacts.Answer(
            said.eventId(), said.command(), why.code(), job.runs().counted(), 0, why.message()));
  }

  private static JobFacts opened(
      JobFacts job, JobEvent.Commanded said, Selected selected, long now) {
    var runs = job.runs().opened(said.command() == JobCommand.RESUME, deadline(job, now));
    if (selected.photos() > 0) {
      runs = runs.with(new Requeue(runs.open(), said.selection(), "", said.head().origin()));
    }
    if (job.state() != JobState.RUNNING) {
      JobMoves.require(job.state(), JobState.RUNNING);
    }
    var message = "photos queued again: " + selected.photos();
    return job.in(JobState.RUNNING, null, null)
        .with(runs)
        .with(job.cleaning().reopened())
        .answered(
            new JobFacts.Answer(
                said.eventId(), said.command(), null, runs.open(), selected.photos(), message));
  }

  /** As long as the first run had. */
  private static @Nullable Long deadline(JobFacts job, long now) {
    var submission = job.intake().submission();
    return submission == null ? null : Long.valueOf(now + submission.deadline() - submission.at());
  }
}
