package facesort.delivery.ledger;

import facesort.schemas.Topic;
import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How far some topics go now, as an offset that a watermark can reach: the one after the last
 * committed record. Kafka's own end is often further, since the marks of transactions take offsets
 * that no reader is ever given.
 */
public final class LastRecords {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final List<Topic<?>> topics;
  private final Scheduler blocking;

  /**
   * @param topics which topics
   * @param blocking where the consumer waits
   */
  public LastRecords(KafkaClients clients, List<Topic<?>> topics, Scheduler blocking) {
    this.clients = clients;
    this.topics = List.copyOf(topics);
    this.blocking = blocking;
  }

  /**
   * For every partition the offset after its last committed record.
   *
   * @param read how far a reader is: only what lies behind is looked at
   */
  public Mono<Map<TopicPartition, Long>> after(Map<TopicPartition, Long> read) {
    return Mono.fromCallable(() -> find(read)).subscribeOn(blocking).timeout(LIMIT);
  }

  private Map<TopicPartition, Long> find(Map<TopicPartition, Long> read) {
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      var partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      var last = new HashMap<TopicPartition, Long>();
      partitions.forEach(partition -> last.put(partition, read.getOrDefault(partition, 0L)));
      consumer.assign(partitions);
      seek(consumer, partitions, read);
      follow(consumer, consumer.endOffsets(partitions), last);
      return last;
    }
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> read) {
    consumer.seekToBeginning(partitions);
    partitions.stream()
        .filter(read::containsKey)
        .forEach(partition -> consumer.seek(partition, read.getOrDefault(partition, 0L)));
  }

  private static void follow(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> last) {
    long giveUp = System.nanoTime() + LIMIT.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() - giveUp > 0) {
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
}
