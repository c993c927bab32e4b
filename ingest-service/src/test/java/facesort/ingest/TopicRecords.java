package facesort.ingest;

import facesort.schemas.Topic;
import facesort.schemas.UndecodableException;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads topics from end to end, and writes to them, as another service would. */
public final class TopicRecords {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaClients clients;
  private final Events events;

  /** Over the clients and the codec of whoever asks. */
  public TopicRecords(KafkaClients clients, Events events) {
    this.clients = clients;
    this.events = events;
  }

  /** All committed events of the topic that are meant. */
  public <V extends SpecificRecord> List<V> events(Topic<V> topic, Predicate<V> meant) {
    return records(topic.name(), topic.partitions()).stream()
        .flatMap(record -> decoded(topic, record).stream())
        .filter(meant)
        .toList();
  }

  /** Tests write undecodable records, too. */
  private <V extends SpecificRecord> Optional<V> decoded(
      Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(events.read(topic, record));
    } catch (UndecodableException e) {
      return Optional.empty();
    }
  }

  /** All committed records. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
    var partitions =
        IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number)).toList();
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /** Writes an event. */
  public <V extends SpecificRecord> void write(Topic<V> topic, String key, V event) {
    write(events.record(topic, key, event));
  }

  /** Writes a record. */
  public void write(ProducerRecord<byte[], byte[]> record) {
    try (var producer = KafkaClients.newProducer(clients.producer())) {
      var _ = producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
