package facesort.worker;

import facesort.schemas.JobControl;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Which jobs were cancelled, as {@code job.control} says. A task is started only on knowledge that
 * is fresh: whoever cancels must not see work begin two seconds later.
 */
final class Cancellations implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMillis(1_500);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final CancelledJobs jobs;
  private final TopicFollower<JobControl> follower;

  private Cancellations(CancelledJobs jobs, TopicFollower<JobControl> follower) {
    this.jobs = jobs;
    this.follower = follower;
  }

  /** Follows the topic; returns when all commands until now are known. */
  static Cancellations follow(KafkaClients clients, Events events) {
    CancelledJobs jobs = new CancelledJobs();
    TopicFollower<JobControl> follower =
        TopicFollower.start(
            Topics.JOB_CONTROL,
            clients,
            events,
            record -> {
              if (record.value() != null) {
                jobs.accept(record.value());
              }
            });
    try {
      follower.caughtUp().join();
    } catch (CompletionException e) {
      follower.close();
      throw new IllegalStateException("Cannot follow " + Topics.JOB_CONTROL.name(), e);
    }
    return new Cancellations(jobs, follower);
  }

  /** Returns whether tasks of this run must not be started. */
  boolean isCancelled(String jobId, int run) {
    return jobs.isCancelled(jobId, run);
  }

  /**
   * Waits until what is known is fresh.
   *
   * @throws WorkMustWait when it is not within five seconds
   */
  void awaitFresh() {
    long limit = System.nanoTime() + LONGEST_NANOS;
    while (!follower.isCurrent(FRESH)) {
      if (System.nanoTime() > limit) {
        throw new WorkMustWait(
            "kafka", "it is not known which jobs were cancelled: " + trouble().orElse("behind"));
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  /** What keeps it from reading, in one line. */
  Optional<String> trouble() {
    return follower.trouble();
  }

  @Override
  public void close() {
    follower.close();
  }
}
