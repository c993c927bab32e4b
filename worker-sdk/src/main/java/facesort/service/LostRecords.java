package facesort.service;

import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes it known when records were deleted before their group read them: retention that ran past a
 * slow reader, a topic that was cut or made anew. A Kafka client would go on at the first record
 * that is left and say nothing. Here the group goes on there, too, but only after a dead letter
 * with {@link FailureCode#EXPIRED} says what is missing; nobody can say whose it was, so it counts
 * as unattributed in the audit.
 *
 * <p>The consumer must have the settings of {@link #noReset}; a group without a position begins at
 * the first record. For the consumer's own thread.
 */
public final class LostRecords {

  private static final Logger log = LoggerFactory.getLogger(LostRecords.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final String groupId;

  /**
   * For one consumer.
   *
   * @param settings its settings, of which the broker's address and the group count
   */
  public LostRecords(Map<String, Object> settings) {
    this.clients =
        new KafkaClients(String.valueOf(settings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)));
    this.groupId = String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG));
  }

  /** A copy with which a consumer says that its position is none, instead of choosing another. */
  public static Map<String, Object> noReset(Map<String, Object> settings) {
    var careful = new HashMap<>(settings);
    careful.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return careful;
  }

  /**
   * Answers what the call on the consumer answers. When it has no position, or one where nothing
   * is, the consumer is moved to the first record, what is missing is told, and the call is made
   * again.
   *
   * @throws KafkaException when what is missing could not be told; the consumer was not moved
   */
  public <T> T around(Consumer<?, ?> consumer, Supplier<T> call) {
    for (; ; ) {
      try {
        return call.get();
      } catch (NoOffsetForPartitionException e) {
        consumer.seekToBeginning(e.partitions());
      } catch (OffsetOutOfRangeException e) {
        tell(e.offsetOutOfRangePartitions(), consumer.beginningOffsets(e.partitions(), LIMIT));
        consumer.seekToBeginning(e.partitions());
      }
    }
  }

  private void tell(Map<TopicPartition, Long> wanted, Map<TopicPartition, Long> first) {
    var letters =
        wanted.entrySet().stream()
            .map(entry ->
                letter(entry.getKey(), entry.getValue(), first.getOrDefault(entry.getKey(), 0L)))
            .toList();
    write(letters);
  }

  private void write(Collection<ProducerRecord<byte[], byte[]>> letters) {
    try (var producer = KafkaClients.newProducer(clients.producer())) {
      for (var sent : letters.stream().map(producer::send).toList()) {
        sent.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("lost records could not be told", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  private ProducerRecord<byte[], byte[]> letter(TopicPartition where, long wanted, long first) {
    var what =
        wanted < first
            ? "offsets %d to %d of %s were deleted before %s read them"
                .formatted(wanted, first - 1, where, groupId)
            : "%s was cut or made anew: %s had read up to offset %d and begins again at %d"
                .formatted(where, groupId, wanted, first);
    log.error("{}", what);
    var origin = where + "@" + wanted;
    var letter =
        new ProducerRecord<byte[], byte[]>(deadLetters(where.topic()), bytes(origin), null);
    letter
        .headers()
        .add(DeadLetters.ORIGIN, bytes(origin))
        .add(DeadLetters.CODE, bytes(FailureCode.EXPIRED.name()))
        .add(DeadLetters.MESSAGE, bytes(what))
        .add(DeadLetters.ATTEMPTS, bytes("1"))
        .add(DeadLetters.REPLAYS, bytes("0"))
        .add(DeadLetters.RETRYABLE, bytes("false"))
        .add(DeadLetters.SERVICE, bytes(groupId));
    return letter;
  }

  private static String deadLetters(String topic) {
    if (Topics.named(topic).isPresent()) {
      return topic + "-dlt";
    }
    // Of a dead-letter topic it is told there; what else a group reads are Streams' inner topics.
    return topic.endsWith("-dlt") ? topic : Topics.PROJECTOR_DEAD_LETTERS;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
