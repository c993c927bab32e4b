package facesort.ingest;

import facesort.ingest.storage.IngestBucket;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether the bucket answers. */
final class BucketHealth implements ReactiveHealthIndicator {

  private final IngestBucket bucket;

  BucketHealth(IngestBucket bucket) {
    this.bucket = bucket;
  }

  @Override
  public Mono<Health> health() {
    return bucket
        .check()
        .thenReturn(Health.up().build())
        .onErrorResume(
            error -> Mono.just(Health.down().withDetail("why", error.toString()).build()));
  }
}
