package facesort.worker;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sends dead letters in the batch's transaction and waits for the broker's word: one that is
 * refused for good must stop the consumer and not be tried for ever, or worse, be skipped.
 */
final class DeadLetterSender {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final KafkaClients clients;

  DeadLetterSender(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * Sends them and returns when all are in the topic, uncommitted.
   *
   * @throws DeadLetterRefused when the topic is missing, too small or forbidden
   * @throws KafkaException when they could not be written this time
   */
  void send(Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> letters) {
    if (letters.isEmpty()) {
      return;
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> letter : letters) {
      sent.add(producer.send(letter));
    }
    producer.flush();
    for (int i = 0; i < sent.size(); i++) {
      confirm(letters.get(i), sent.get(i));
    }
  }

  private void confirm(ProducerRecord<byte[], byte[]> letter, Future<RecordMetadata> sent) {
    try {
      var _ = sent.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (isRefused(cause) || (cause instanceof TimeoutException && !isThere(letter))) {
        throw new DeadLetterRefused(letter.topic(), cause);
      }
      throw new KafkaException("A dead letter could not be written to " + letter.topic(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("Interrupted while dead letters were written", e);
    }
  }

  private static boolean isRefused(Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof AuthorizationException
        || cause instanceof RecordTooLargeException
        || cause instanceof InvalidTopicException
        || cause instanceof PolicyViolationException;
  }

  /** A client waits in vain for a topic that is not there, as for a broker that is away. */
  private boolean isThere(ProducerRecord<byte[], byte[]> letter) {
    try (Admin admin = clients.admin()) {
      Map<String, TopicDescription> found =
          admin
              .describeTopics(List.of(letter.topic()))
              .allTopicNames()
              .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      TopicDescription topic = found.get(letter.topic());
      return topic != null
          && (letter.partition() == null || letter.partition() < topic.partitions().size());
    } catch (ExecutionException e) {
      return !(e.getCause() instanceof UnknownTopicOrPartitionException);
    } catch (java.util.concurrent.TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
