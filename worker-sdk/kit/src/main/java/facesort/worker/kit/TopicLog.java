package facesort.worker.kit;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads topics and the places of groups from outside. */
public final class TopicLog {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private TopicLog() {}

  /** All committed records up to the end that the topic has now, transaction markers included. */
  public static List<ConsumerRecord<byte[], byte[]>> committed(KafkaClients clients, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<TopicPartition, Long> ends;
    try (Admin admin = clients.admin()) {
      ends = ends(admin, topic, IsolationLevel.READ_COMMITTED);
    }
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(clients.reader())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long limit = System.nanoTime() + LIMIT.toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
        if (System.nanoTime() > limit) {
          throw new IllegalStateException(topic + " cannot be read to its end within " + LIMIT);
        }
      }
    }
    return records;
  }

  /** Ends of a topic's partitions, open transactions included. */
  public static Map<TopicPartition, Long> ends(Admin admin, String topic) {
    return ends(admin, topic, IsolationLevel.READ_UNCOMMITTED);
  }

  /** Whether readers of committed records see all that is in a topic. */
  public static boolean isReadable(KafkaClients clients, String topic) {
    try (Admin admin = clients.admin()) {
      return ends(admin, topic, IsolationLevel.READ_COMMITTED)
          .equals(ends(admin, topic, IsolationLevel.READ_UNCOMMITTED));
    }
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, String topic, IsolationLevel isolation) {
    try {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
          .flatMap(found -> found.partitions().stream())
          .forEach(
              part -> latest.put(new TopicPartition(topic, part.partition()), OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(latest, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The ends of " + topic + " are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where a group stands. */
  public static Map<TopicPartition, OffsetAndMetadata> places(Admin admin, String group) {
    try {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The places of " + group + " are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The transactional ids of the service that reads these topics, with what the broker knows. */
  public static Map<String, TransactionState> transactions(PrivateTopics topics) {
    try (Admin admin = topics.clients().admin()) {
      return admin.listTransactions().all().get().stream()
          .filter(listing -> listing.transactionalId().startsWith(topics.service() + "-"))
          .collect(
              Collectors.toMap(TransactionListing::transactionalId, TransactionListing::state));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The transactional ids are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns when all partitions of a new topic can be written. Who writes earlier may lose it: of
   * two requests of an idempotent producer the first can be refused, since the broker does not have
   * the partition yet, and the second taken; then the first is out of order for good.
   */
  public static void awaitTopic(Admin admin, String topic) {
    if (!Pause.until(() -> isKnown(admin, topic), LIMIT)) {
      throw new IllegalStateException(topic + " is not known within " + LIMIT);
    }
    var _ = ends(admin, topic);
  }

  private static boolean isKnown(Admin admin, String topic) {
    try {
      return !admin.describeTopics(List.of(topic)).allTopicNames().get().isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("It is not known whether there is " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
