package facesort.service;

import facesort.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells offsets that hold a committed record from those that hold none. The last offsets before an
 * end are often a transaction's marker, an aborted record or one that compaction took away: no
 * reader ever gets a record from there and must not wait for one.
 *
 * <p>Opens a consumer for each question and blocks the caller; any number of threads may ask.
 */
public final class CommittedGaps {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration EMPTY_LIMIT = Duration.ofSeconds(5);
  private static final Duration LAST_LIMIT = Duration.ofSeconds(30);

  private final KafkaClients clients;

  /** Of the topics on this broker. */
  public CommittedGaps(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * Returns true when there is surely no record from {@code from} to before {@code end}; false when
   * there is one, or when it cannot be told within 5 s.
   */
  public boolean isEmpty(Topic<?> topic, int partition, long from, long end) {
    var where = new TopicPartition(topic.name(), partition);
    var started = System.nanoTime();
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      consumer.assign(List.of(where));
      consumer.seek(where, from);
      while (consumer.position(where) < end && isWithin(EMPTY_LIMIT, started)) {
        if (consumer.poll(POLL).records(where).stream().anyMatch(r -> r.offset() < end)) {
          return false;
        }
      }
      return consumer.position(where) >= end;
    }
  }

  /**
   * Returns for every partition of the topics the offset after its last committed record: what a
   * reader's position can surely reach.
   *
   * @param read how far a reader is: only what lies behind is looked at
   * @throws KafkaException when it cannot be told within 30 s
   */
  public Map<TopicPartition, Long> afterLast(
      Collection<Topic<?>> topics, Map<TopicPartition, Long> read) {
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      var partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var last = new HashMap<TopicPartition, Long>();
      for (var partition : partitions) {
        var position = read.get(partition);
        last.put(partition, position == null ? 0L : position);
        if (position != null) {
          consumer.seek(partition, position);
        }
      }
      readToEnds(consumer, consumer.endOffsets(partitions), last);
      return last;
    }
  }

  private static void readToEnds(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> last) {
    var started = System.nanoTime();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (!isWithin(LAST_LIMIT, started)) {
        throw new KafkaException("the end of the topics was not reached in time");
      }
      consumer
          .poll(POLL)
          .forEach(record ->
              last.merge(
                  new TopicPartition(record.topic(), record.partition()),
                  record.offset() + 1,
                  Math::max));
    }
  }

  private static boolean isWithin(Duration limit, long startedNanos) {
    return System.nanoTime() - startedNanos < limit.toNanos();
  }
}
