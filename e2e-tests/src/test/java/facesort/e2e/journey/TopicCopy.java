package facesort.e2e.journey;

import facesort.schemas.Topic;
import facesort.service.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Another topic with the records of a topic, but for those of one photo. */
final class TopicCopy {

  private static final Duration POLL = Duration.ofMillis(200);

  private TopicCopy() {}

  /** Makes it; the photo's id stands as text in the records that are left out. */
  static void without(String bootstrapServers, Topic<?> topic, String copy, String photoId)
      throws ExecutionException, InterruptedException {
    var clients = new KafkaClients(bootstrapServers);
    var partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(number -> new TopicPartition(topic.name(), number))
            .toList();
    try (var admin = clients.admin();
        var consumer = KafkaClients.newConsumer(clients.reader());
        var producer = KafkaClients.newProducer(clients.producer())) {
      admin.createTopics(List.of(new NewTopic(copy, topic.partitions(), (short) 1))).all().get();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(POLL)) {
          // Avro writes text as it is.
          if (!new String(record.value(), StandardCharsets.ISO_8859_1).contains(photoId)) {
            var _ =
                producer.send(
                    new ProducerRecord<>(copy, record.partition(), record.key(), record.value()));
          }
        }
      }
      producer.flush();
    }
  }
}
