package facesort.ingest;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether the broker answers. */
final class KafkaHealth implements ReactiveHealthIndicator {

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Admin admin;

  KafkaHealth(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Mono<Health> health() {
    return Mono.fromCompletionStage(() -> admin.describeCluster().clusterId().toCompletionStage())
        .timeout(LIMIT)
        .map(_ -> Health.up().build())
        .onErrorResume(
            error -> Mono.just(Health.down().withDetail("why", error.toString()).build()));
  }
}
