package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bytes are enough: nobody decodes here. */
@ExtendWith(LocalStackExtension.class)
class CommittedGapsIT {

  private static final int PARTITION = 2;
  private static final TopicPartition WHERE =
      new TopicPartition(Topics.DELIVERY_DONE.name(), PARTITION);

  private static StackClients clients;
  private static CommittedGaps gaps;

  /** A record, its marker, an aborted record, its marker: offsets 0 to 3. */
  @BeforeAll
  static void write(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    gaps = new CommittedGaps(clients.kafka());
    try (var producer = KafkaClients.newProducer(clients.kafka().transactional("gaps-it-0-0"))) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer);
      producer.commitTransaction();
      producer.beginTransaction();
      send(producer);
      producer.flush();
      producer.abortTransaction();
    }
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void isEmpty_ofMarkersAndAbortedRecords() {
    assertThat(gaps.isEmpty(Topics.DELIVERY_DONE, PARTITION, 1, 4)).isTrue();
    assertThat(gaps.isEmpty(Topics.DELIVERY_DONE, PARTITION, 3, 4)).isTrue();
  }

  @Test
  void isNotEmpty_withACommittedRecord() {
    assertThat(gaps.isEmpty(Topics.DELIVERY_DONE, PARTITION, 0, 4)).isFalse();
  }

  @Test
  void isNotSurelyEmpty_beyondTheEnd() {
    assertThat(gaps.isEmpty(Topics.DELIVERY_DONE, PARTITION, 3, 5)).isFalse();
  }

  @Test
  void afterLast_stopsAtTheLastCommittedRecord() {
    assertThat(gaps.afterLast(List.of(Topics.DELIVERY_DONE), Map.of()))
        .hasSize(Topics.DELIVERY_DONE.partitions())
        .containsEntry(WHERE, 1L);
  }

  @Test
  void afterLast_isNotBeforeTheReader() {
    assertThat(gaps.afterLast(List.of(Topics.DELIVERY_DONE), Map.of(WHERE, 3L)))
        .containsEntry(WHERE, 3L);
  }

  private static void send(Producer<byte[], byte[]> producer) {
    var bytes = "any".getBytes(StandardCharsets.UTF_8);
    var _ =
        producer.send(new ProducerRecord<>(Topics.DELIVERY_DONE.name(), PARTITION, bytes, bytes));
  }
}
