package facesort.bench.peer;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.transaction.KafkaTransactionManager;

/**
 * spring-kafka's container as it comes, in container transactions: {@code batch} for one a poll,
 * {@code record} for one a record.
 */
public final class SpringLoop {
  private SpringLoop() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Peer peer = Peer.of(System.getenv());
    DefaultKafkaProducerFactory<byte[], byte[]> producers =
        new DefaultKafkaProducerFactory<>(peer.clients().transactional(peer.group() + "-"));
    producers.setTransactionIdPrefix(peer.group() + "-");
    KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producers);
    ContainerProperties properties = new ContainerProperties(peer.in().name());
    properties.setGroupId(peer.group());
    properties.setKafkaAwareTransactionManager(new KafkaTransactionManager<>(producers));
    properties.setMessageListener(listener(arguments[0], peer, template));
    new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<byte[], byte[]>(peer.consumer()), properties)
        .start();
    Thread.currentThread().join();
  }

  private static Object listener(String mode, Peer peer, KafkaTemplate<byte[], byte[]> template) {
    return switch (mode) {
      case "batch" -> batch(peer, template);
      case "record" -> record(peer, template);
      default -> throw new IllegalArgumentException("batch or record, not " + mode);
    };
  }

  private static BatchMessageListener<byte[], byte[]> batch(
      Peer peer, KafkaTemplate<byte[], byte[]> template) {
    return (List<ConsumerRecord<byte[], byte[]>> records) -> {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        var _ = template.send(peer.answer(record));
      }
    };
  }

  private static MessageListener<byte[], byte[]> record(
      Peer peer, KafkaTemplate<byte[], byte[]> template) {
    return record -> {
      var _ = template.send(peer.answer(record));
    };
  }
}
