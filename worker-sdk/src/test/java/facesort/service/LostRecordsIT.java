package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** F45: retention ran past a slow group. */
@ExtendWith(LocalStackExtension.class)
class LostRecordsIT {

  private static final TopicPartition WHERE = new TopicPartition(Topics.CLEANUP.name(), 3);

  @Test
  void group_goesOnAtTheFirstRecordLeft_andADeadLetterTellsWhatIsMissing(
      StackAddresses stack, @TempDir Path folder) throws Exception {
    try (var clients = StackClients.on(stack, folder)) {
      var first = write(clients.kafka(), 5);
      var group = "lost-" + UUID.randomUUID();
      commit(clients.kafka(), group, first + 1);
      try (var admin = clients.kafka().admin()) {
        admin.deleteRecords(Map.of(WHERE, RecordsToDelete.beforeOffset(first + 3))).all().get();
      }

      var left = read(clients.kafka(), group, List.of(WHERE), 2);

      assertThat(left).extracting(ConsumerRecord::offset).containsExactly(first + 3, first + 4);
      var letters = read(clients.kafka(), "letters-of-" + group, deadLetters(), 1);
      assertThat(letters).hasSize(1);
      var letter = letters.getFirst();
      assertThat(header(letter, DeadLetters.SERVICE)).isEqualTo(group);
      assertThat(header(letter, DeadLetters.CODE)).isEqualTo("EXPIRED");
      assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo(WHERE + "@" + (first + 1));
      assertThat(header(letter, DeadLetters.MESSAGE))
          .contains("offsets " + (first + 1) + " to " + (first + 2) + " of " + WHERE);
    }
  }

  /** Nobody else of this module writes dead letters of this topic. */
  private static List<TopicPartition> deadLetters() {
    return IntStream.range(0, Topics.CLEANUP.partitions())
        .mapToObj(partition -> new TopicPartition(Topics.CLEANUP.deadLetters(), partition))
        .toList();
  }

  private static long write(KafkaClients clients, int records) throws Exception {
    try (var producer = KafkaClients.newProducer(clients.producer())) {
      var offset = -1L;
      for (var record = 0; record < records; record++) {
        var sent = new ProducerRecord<byte[], byte[]>(WHERE.topic(), WHERE.partition(), null, null);
        var written = producer.send(sent).get().offset();
        offset = offset < 0 ? written : offset;
      }
      return offset;
    }
  }

  private static void commit(KafkaClients clients, String group, long offset) {
    try (var consumer = KafkaClients.newConsumer(clients.consumer(group))) {
      consumer.assign(List.of(WHERE));
      consumer.commitSync(Map.of(WHERE, new OffsetAndMetadata(offset)));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaClients clients, String group, List<TopicPartition> where, int records) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = KafkaClients.newConsumer(clients.consumer(group))) {
      consumer.assign(where);
      while (found.size() < records) {
        consumer.poll(Duration.ofSeconds(1)).forEach(found::add);
      }
    }
    return found;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    var header = letter.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
