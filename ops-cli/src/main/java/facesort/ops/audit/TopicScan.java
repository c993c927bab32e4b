package facesort.ops.audit;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** One topic from its first record that is kept to the end that it has when this is made. */
final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> begins;
  private final Map<TopicPartition, Long> ends;
  private final Map<TopicPartition, Long> firstMillis = new HashMap<>();

  /**
   * Looks up where the topic begins and ends now.
   *
   * @param consumer of committed records; only used while {@link #read} runs
   * @throws CommandException when there is no such topic
   */
  TopicScan(String topic, Consumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
    List<TopicPartition> partitions = partitions();
    begins = consumer.beginningOffsets(partitions);
    ends = consumer.endOffsets(partitions);
  }

  private List<TopicPartition> partitions() {
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      if (partitions.isEmpty()) {
        throw new UnknownTopicOrPartitionException(topic);
      }
      return partitions;
    } catch (UnknownTopicOrPartitionException e) {
      throw new CommandException(ExitCode.NOT_CHECKED, "there is no topic " + topic, e);
    }
  }

  /** Hands on every committed record, in order within a partition. */
  void read(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    Collection<TopicPartition> partitions = begins.keySet();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    long silentSince = System.nanoTime();
    while (!isAtEnd()) {
      long before = position();
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        firstMillis.putIfAbsent(partition, record.timestamp());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          receiver.accept(record);
        }
      }
      if (position() > before) {
        silentSince = System.nanoTime();
      } else if (System.nanoTime() - silentSince > LONGEST_SILENCE.toNanos()) {
        throw new CommandException(
            ExitCode.NOT_CHECKED, "%s gives no more records before its end".formatted(topic));
      }
    }
  }

  /** How far back each partition goes, in their order; to be asked after {@link #read}. */
  List<Kept.Partition> kept() {
    return begins.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getKey().partition()))
        .map(entry -> new Kept.Partition(entry.getValue(), first(entry.getKey())))
        .toList();
  }

  private @Nullable Long first(TopicPartition partition) {
    return firstMillis.get(partition);
  }

  private boolean isAtEnd() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private long position() {
    return ends.keySet().stream().mapToLong(consumer::position).sum();
  }
}
