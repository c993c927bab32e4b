package facesort.inference.kafka;

import facesort.schemas.Topic;
import facesort.service.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks whether a part of a partition holds any committed record. The last offsets before an end
 * are often a transaction's marker or a record that compaction took away: no reader ever gets a
 * record from there and must not wait for one.
 */
public final class CommittedGaps {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final Clock clock;

  /** Opens a consumer for each question. */
  public CommittedGaps(KafkaClients clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Returns true when there is surely no record from {@code from} to before {@code end}; false when
   * there is one, or when it cannot be told within 5 s.
   */
  public boolean isEmpty(Topic<?> topic, int partition, long from, long end) {
    TopicPartition where = new TopicPartition(topic.name(), partition);
    Instant limit = clock.instant().plus(LIMIT);
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(clients.reader())) {
      consumer.assign(List.of(where));
      consumer.seek(where, from);
      while (consumer.position(where) < end && clock.instant().isBefore(limit)) {
        if (consumer.poll(POLL).records(where).stream().anyMatch(r -> r.offset() < end)) {
          return false;
        }
      }
      return consumer.position(where) >= end;
    }
  }
}
