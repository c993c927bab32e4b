package facesort.worker;

import facesort.worker.policy.RetryPolicy;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down when a lane has stopped, waits for something, or a followed topic cannot be read: a thread
 * that ended shows here and nowhere else. Its details are the retry policy and whether suspects of
 * a crash are in work.
 */
final class WorkerHealth implements HealthIndicator {
  private final Worker<?> worker;
  private final RetryPolicy policy;

  WorkerHealth(Worker<?> worker, RetryPolicy policy) {
    this.worker = worker;
    this.policy = policy;
  }

  /**
   * Down only when a lane's consumer has ended for good, which a restart mends; what a worker waits
   * for is no reason to restart it.
   */
  static HealthIndicator ofLanes(Worker<?> worker) {
    return () -> {
      List<String> stopped = worker.stopped();
      return stopped.isEmpty()
          ? Health.up().build()
          : Health.down().withDetail("stopped", stopped).build();
    };
  }

  @Override
  public Health health() {
    List<String> troubles = worker.troubles();
    Health.Builder health = troubles.isEmpty() ? Health.up() : Health.down();
    if (!troubles.isEmpty()) {
      health.withDetail("troubles", troubles);
    }
    return health
        .withDetail("careful", worker.isCareful())
        .withDetail("policy", policy.table())
        .build();
  }
}
