package facesort.state.ops;

import java.time.Instant;
import java.util.List;

/**
 * An instance of a service by its newest heartbeat.
 *
 * @param state what it said: STARTING, READY, DRAINING, STOPPED
 * @param liveness LIVE, LATE (no sign for more than 10 s), LOST (more than 30 s), STOPPED
 * @param ageSeconds time since the newest sign, by the broker's clock
 * @param partitions what it is assigned, as topic-number
 * @param processed tasks finished since its start
 * @param failed tasks dead-lettered since its start
 * @param perMinute tasks of the last minute
 */
public record WorkerView(
    String workerId,
    String service,
    String role,
    int slot,
    String version,
    String device,
    String state,
    String liveness,
    double ageSeconds,
    Instant startedAt,
    List<String> partitions,
    long processed,
    long failed,
    double perMinute,
    List<Task> inFlight) {

  /** All of them. */
  public record Page(List<WorkerView> workers) {}

  /**
   * A task that is worked on.
   *
   * @param ageSeconds time since it was begun
   * @param stuck true when that is more than 60 s, longer than any stage gives a photo
   */
  public record Task(String taskId, String jobId, double ageSeconds, boolean stuck) {}
}
