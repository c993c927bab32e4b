package facesort.bench.projector;

import facesort.service.KafkaClients;
import facesort.state.job.JobReplay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads all that the projector reads, from the beginning to the end it has now, as committed
 * records, and does nothing with it: what reading alone costs.
 */
final class CorpusReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaClients clients;

  CorpusReader(KafkaClients clients) {
    this.clients = clients;
  }

  /**
   * What was read.
   *
   * @param seconds from the first record to the last
   */
  record Read(long events, double seconds) {
    double perSecond() {
      return events / seconds;
    }
  }

  /**
   * Reads.
   *
   * @param batch hears of the records of each poll
   */
  Read all(Consumer<ConsumerRecords<byte[], byte[]>> batch) {
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : JobReplay.topics()) {
        for (PartitionInfo part : consumer.partitionsFor(topic)) {
          partitions.add(new TopicPartition(topic, part.partition()));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long wanted =
          consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      long events = 0;
      long first = 0;
      long last = 0;
      while (partitions.stream().mapToLong(consumer::position).sum() < wanted) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
          first = first == 0 ? System.nanoTime() : first;
          events += polled.count();
          batch.accept(polled);
          last = System.nanoTime();
        }
      }
      return new Read(events, Math.max(last - first, 1) / 1e9);
    }
  }

  /** Reads one by one. */
  void each(Consumer<ConsumerRecord<byte[], byte[]>> record) {
    var _ = all(polled -> polled.forEach(record));
  }
}
