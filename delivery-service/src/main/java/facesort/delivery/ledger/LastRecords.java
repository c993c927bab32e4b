package facesort.delivery.ledger;

import facesort.schemas.Topic;
import facesort.service.CommittedGaps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How far some topics go now, as an offset that a watermark can reach.
 *
 * @param gaps knows it, and blocks its caller
 * @param topics which topics
 * @param blocking where it blocks
 */
public record LastRecords(CommittedGaps gaps, List<Topic<?>> topics, Scheduler blocking) {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * For every partition the offset after its last committed record.
   *
   * @param read how far a reader is: only what lies behind is looked at
   */
  public Mono<Map<TopicPartition, Long>> after(Map<TopicPartition, Long> read) {
    return Mono.fromCallable(() -> gaps.afterLast(topics, read))
        .subscribeOn(blocking)
        .timeout(LIMIT);
  }
}
