package facesort.bench.projector;

import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.KafkaClients;
import facesort.worker.kit.Pause;
import facesort.worker.kit.TopicLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far a reader of the corpus is. Only topics that nobody writes in transactions: there every
 * offset is an event, and who has read all stands at the end.
 */
final class Places implements AutoCloseable {
  private static final List<Topic<?>> COUNTED =
      List.of(Topics.TASK_QUEUED, Topics.FACES_DETECTED, Topics.MATCH_RESULT, Topics.DELIVERY_DONE);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Admin admin;

  Places(KafkaClients clients) {
    this.admin = clients.admin();
  }

  /** Ends of the topics that are counted. */
  Map<TopicPartition, Long> ends() {
    Map<TopicPartition, Long> ends = new HashMap<>();
    COUNTED.forEach(topic -> ends.putAll(TopicLog.ends(admin, topic.name())));
    return ends;
  }

  /** Events before the places of a group. */
  long done(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> places = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> committed = TopicLog.places(admin, group);
    committed.forEach((partition, place) -> places.put(partition, place.offset()));
    return done(places, ends);
  }

  /** Events before these places. */
  static long done(Map<TopicPartition, Long> places, Map<TopicPartition, Long> ends) {
    return ends.keySet().stream().mapToLong(partition -> places.getOrDefault(partition, 0L)).sum();
  }

  static long total(Map<TopicPartition, Long> ends) {
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Makes Kafka forget an application of Kafka Streams that has ended: its group and topics. */
  void forget(String application) {
    try {
      forgetGroup(application);
      List<String> inner =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(application + "-"))
              .filter(name -> !name.equals(Topics.PROJECTOR_DEAD_LETTERS))
              .toList();
      admin.deleteTopics(inner).all().get();
      requireGone(inner);
    } catch (ExecutionException e) {
      throw new IllegalStateException(application + " cannot be forgotten", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void forgetGroup(String group) throws ExecutionException, InterruptedException {
    try {
      KafkaFuture<Void> deleted = admin.deleteConsumerGroups(List.of(group)).all();
      deleted.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }

  private void requireGone(List<String> topics) {
    boolean gone =
        Pause.until(
            () -> {
              try {
                return admin.listTopics().names().get().stream().noneMatch(topics::contains);
              } catch (ExecutionException e) {
                throw new IllegalStateException("the broker does not tell its topics", e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
              }
            },
            LIMIT);
    if (!gone) {
      throw new IllegalStateException("the broker still has some of " + topics);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
