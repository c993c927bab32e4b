package facesort.ops.audit;

import facesort.ops.audit.Evidence.Place;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.TaskQueued;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the topics say about one photo, record by record in any order. */
final class AuditedPhoto {
  private final List<Evidence> evidence = new ArrayList<>(1);
  private @Nullable Queued queued;
  private @Nullable FailureCode settled;

  /**
   * The task of its last run.
   *
   * @param millis time of the task's record
   */
  record Queued(int run, String taskId, Place place, long millis) {}

  /** Takes a task; of several runs the last counts, of repeats the first. */
  void queued(TaskQueued task, Place place, long millis) {
    if (queued == null || task.getRun() > queued.run()) {
      queued = new Queued(task.getRun(), task.getTaskId(), place, millis);
    }
    if (task.getSettled() != null) {
      settled = task.getSettled();
    }
  }

  /** Takes a record that settles it. */
  void settledBy(Evidence record) {
    evidence.add(record);
  }

  /** Its task; empty when only later records of it are kept. */
  Optional<Queued> queued() {
    return Optional.ofNullable(queued);
  }

  /** Where it ended; every record of the job must have been taken. */
  Outcome outcome(AuditedJob job) {
    if (queued == null) {
      return Outcome.IN_FLIGHT;
    }
    int run = queued.run();
    Optional<Outcome> proven =
        evidence.stream()
            .filter(record -> record.run() >= run && record.outcome() != Outcome.TOO_LATE)
            .filter(job::counts)
            .map(Evidence::outcome)
            .findFirst();
    if (proven.isPresent()) {
      return proven.get();
    }
    if (settled != null && settled == FailureCode.DUPLICATE) {
      return Outcome.DUPLICATE;
    }
    if (settled != null) {
      return Outcome.FAILED;
    }
    return evidence.stream().anyMatch(record -> record.outcome() == Outcome.TOO_LATE)
        ? Outcome.TOO_LATE
        : byJob(job, run, queued.millis());
  }

  /** What the end of the job, or where it stands, says about a photo that no record settles. */
  private static Outcome byJob(AuditedJob job, int run, long queuedMillis) {
    Optional<JobState> end = job.endOf(run);
    if (end.isPresent()) {
      return switch (end.get()) {
        case CANCELLED -> Outcome.CANCELLED;
        case FAILED -> Outcome.FAILED;
        case COMPLETED, QUEUED, RUNNING, MATCHED, DELIVERING, CLEANING, UNKNOWN ->
            job.isAfterStatus(run, queuedMillis) ? Outcome.IN_FLIGHT : Outcome.MISSING;
      };
    }
    return job.mustBeSettled() && !job.isAfterStatus(run, queuedMillis)
        ? Outcome.MISSING
        : Outcome.IN_FLIGHT;
  }
}
