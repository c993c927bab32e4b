package facesort.bench.drive;

import facesort.bench.stack.BenchStack;
import facesort.schemas.Topic;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.worker.kit.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed answers of a leg after it: while the leg runs only the ends of the partitions
 * are asked for, which costs the contenders next to nothing. For one thread.
 */
public final class LegReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /** Begins at the topic's beginning. */
  public LegReader(BenchStack stack, Topic<?> topic) {
    this.consumer = KafkaClients.newConsumer(stack.clients().reader());
    this.partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Waits until so many answers can be read, reads them, and all that is there besides.
   *
   * @param stillThere throws when waiting is in vain
   * @return fewer than wanted when the limit passed first
   */
  public List<Answer> read(int wanted, Duration limit, Runnable stillThere) {
    long end = System.nanoTime() + limit.toNanos();
    List<Answer> answers = new ArrayList<>();
    while (System.nanoTime() < end && (answers.size() < wanted || unread() > 0)) {
      stillThere.run();
      if (unread() < wanted - answers.size()) {
        Pause.of(LOOK_EVERY);
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        answers.add(
            new Answer(
                Events.key(record), record.partition(), record.timestamp(), System.nanoTime(), ""));
      }
    }
    return answers;
  }

  /** Offsets between here and the last stable ones, markers of transactions included. */
  private long unread() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return partitions.stream()
        .mapToLong(p -> ends.getOrDefault(p, 0L) - consumer.position(p))
        .sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
