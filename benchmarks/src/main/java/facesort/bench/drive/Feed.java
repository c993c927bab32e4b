package facesort.bench.drive;

import facesort.bench.stack.BenchStack;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes tasks. {@link #fill} is for one thread, the others for any. */
public final class Feed implements AutoCloseable {
  /** Key of records that only show that a partition can be read. */
  public static final String TICK = "tick";

  private static final int FILL_MILLIS = 60_000;

  private final Events events;
  private final Producer<byte[], byte[]> together;
  private final Producer<byte[], byte[]> single;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Into the topics of that stack. */
  public Feed(BenchStack stack) {
    this.events = new Events(stack.codec());
    Map<String, Object> settings = stack.clients().transactional("bench-feed-" + UUID.randomUUID());
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, FILL_MILLIS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    this.together = KafkaClients.newProducer(settings);
    this.single = KafkaClients.newProducer(stack.clients().producer());
    together.initTransactions();
  }

  /** Shows all tasks to readers at the same moment: at the commit of their transaction. */
  public void fill(Topic<TaskQueued> topic, List<TaskQueued> tasks) {
    together.beginTransaction();
    for (TaskQueued task : tasks) {
      var _ = together.send(events.record(topic, task.getTaskId(), task));
    }
    together.commitTransaction();
  }

  /** Writes one task now; {@link #requireWritten} tells what became of it. */
  public void send(Topic<TaskQueued> topic, TaskQueued task) {
    send(events.record(topic, task.getTaskId(), task));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ =
        single.send(
            record,
            (written, refused) -> {
              if (refused != null) {
                failure.compareAndSet(null, refused);
              }
            });
  }

  /** Returns when all that was sent is written; throws when something could not be. */
  public void requireWritten() {
    single.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("a task or tick could not be written", refused);
    }
  }

  /** Writes a record without a value into each partition. */
  public void tick(Topic<?> topic) {
    for (int partition = 0; partition < topic.partitions(); partition++) {
      send(
          new ProducerRecord<>(
              topic.name(), partition, TICK.getBytes(StandardCharsets.UTF_8), null));
    }
  }

  @Override
  public void close() {
    together.close();
    single.close();
  }
}
