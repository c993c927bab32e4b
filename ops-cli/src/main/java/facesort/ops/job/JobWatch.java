package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.JobStream;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Follows a job to its end: by its stream of events when there is one, else by asking. */
public final class JobWatch {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration FIRST_SEEN_WITHIN = Duration.ofSeconds(30);

  private final ProjectorApi projector;
  private final Output output;

  /** Asks the projector, shows progress on the output. */
  public JobWatch(ProjectorApi projector, Output output) {
    this.projector = projector;
    this.output = output;
  }

  /**
   * Blocks until the job is COMPLETED, CANCELLED or FAILED and answers it.
   *
   * @throws CommandException NOT_FOUND when the projector does not know the job for 30 seconds
   */
  public Job untilFinished(String jobId) {
    return untilFinished(jobId, 0);
  }

  /**
   * As {@link #untilFinished(String)}, of a job that the caller knows more about.
   *
   * @param submitted number of photos, shown until the projector knows it; 0 when not known
   */
  public Job untilFinished(String jobId, int submitted) {
    long start = System.nanoTime();
    boolean seen = false;
    JobStream stream = projector.stream(jobId);
    try (Progress progress = new Progress(output)) {
      Predicate<Job> isLast =
          job -> {
            show(progress, job, total(job, submitted));
            return job.isFinished();
          };
      while (true) {
        Optional<Job> job = projector.job(jobId);
        if (job.isPresent()) {
          seen = true;
          if (isLast.test(job.get())) {
            return job.get();
          }
          Optional<Job> last = stream.until(isLast);
          if (last.isPresent()) {
            return last.get();
          }
        } else if (!seen && System.nanoTime() - start > FIRST_SEEN_WITHIN.toNanos()) {
          throw unknown(jobId);
        }
        pause(jobId);
      }
    }
  }

  /** The job now; throws NOT_FOUND when the projector does not know it. */
  public Job now(String jobId) {
    return projector.job(jobId).orElseThrow(() -> unknown(jobId));
  }

  /** Until the submission is folded, the projector's total is the photos it has seen so far. */
  static int total(Job job, int submitted) {
    return job.submittedAt() == null ? submitted : job.total();
  }

  private static void show(Progress progress, Job job, int total) {
    int settled = job.photos().settled();
    if (total == 0 || settled < total || job.deliveries().pairs() == 0) {
      progress.show(job.state() + " photos", settled, total, estimate(job));
    } else {
      progress.show(
          job.state() + " deliveries", job.deliveries().closed(), job.deliveries().pairs());
    }
  }

  /** What the projector says about the pace; empty while it cannot tell. */
  static String estimate(Job job) {
    if (job.ratePerSecond() == null) {
      return "";
    }
    String rate = String.format(Locale.ROOT, ", %.1f a second", job.ratePerSecond());
    if (job.etaSeconds() == null) {
      return rate;
    }
    String basis = job.etaBasis() == null ? "" : " (" + job.etaBasis() + ")";
    return "%s, %s left%s".formatted(rate, Progress.clock(Math.round(job.etaSeconds())), basis);
  }

  private static void pause(String jobId) {
    LockSupport.parkNanos(EVERY.toNanos());
    if (Thread.interrupted()) {
      throw new CommandException(
          ExitCode.ERROR, "interrupted: the job goes on, facesort job wait " + jobId);
    }
  }

  static CommandException unknown(String jobId) {
    return new CommandException(
        ExitCode.NOT_FOUND,
        "no job %s: is it another owner's (--owner), or on another system (--data)?"
            .formatted(jobId));
  }
}
