package facesort.bench.peer;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** The floor: Kafka's own clients, one transaction a poll, nothing else. */
public final class RawLoop {
  private static final Duration POLL = Duration.ofSeconds(1);

  private RawLoop() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    Peer peer = Peer.of(System.getenv());
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(peer.consumer());
        Producer<byte[], byte[]> producer =
            KafkaClients.newProducer(peer.clients().transactional(peer.group() + "-0"))) {
      producer.initTransactions();
      consumer.subscribe(List.of(peer.in().name()));
      while (true) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          answer(peer, consumer, producer, polled);
        }
      }
    }
  }

  private static void answer(
      Peer peer,
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    producer.beginTransaction();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      var _ = producer.send(peer.answer(record));
      next.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    producer.sendOffsetsToTransaction(next, consumer.groupMetadata());
    producer.commitTransaction();
  }
}
