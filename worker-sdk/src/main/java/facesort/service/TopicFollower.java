package facesort.service;

import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.Topic;
import facesort.schemas.UndecodableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic from its beginning to the end it has at the start, and then goes on reading: a
 * compacted topic as a map in memory. All partitions, no group, committed records only.
 *
 * <p>The receiver is called by the follower's own thread, in order within a partition. A record
 * that cannot be decoded is logged and passed over: the dead letters of such topics are written by
 * those who process them. While the broker or the registry is away the follower tries again without
 * end.
 *
 * @param <V> record type
 */
public final class TopicFollower<V extends SpecificRecord> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Topic<V> topic;
  private final KafkaClients clients;
  private final Events events;
  private final java.util.function.Consumer<Followed<V>> receiver;
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private final Freshness freshness = new Freshness();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile String trouble = "";

  private TopicFollower(
      Topic<V> topic,
      KafkaClients clients,
      Events events,
      java.util.function.Consumer<Followed<V>> receiver) {
    this.topic = topic;
    this.clients = clients;
    this.events = events;
    this.receiver = receiver;
    this.thread = Thread.ofPlatform().name("follow-" + topic.name()).daemon().unstarted(this::run);
  }

  /** Starts to follow a topic; the receiver must not throw: if it does, the follower stops. */
  public static <V extends SpecificRecord> TopicFollower<V> start(
      Topic<V> topic,
      KafkaClients clients,
      Events events,
      java.util.function.Consumer<Followed<V>> receiver) {
    var follower = new TopicFollower<>(topic, clients, events, receiver);
    follower.thread.start();
    return follower;
  }

  /** Done when everything that was in the topic at the start was received. */
  public CompletableFuture<Void> caughtUp() {
    return caughtUp;
  }

  /**
   * Whether at some moment within that time it had received every record that readers of committed
   * records could get at that moment; false as soon as it lags, or the broker hides, for longer.
   * Asked of the broker about once a second: with much less it may be false in between. Costs the
   * caller nothing.
   */
  public boolean isCurrent(Duration within) {
    return freshness.isWithin(within);
  }

  /** What keeps it from reading, in one line; empty when nothing does. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /** Stops reading and waits for the running call of the receiver. */
  @Override
  public void close() {
    closing.countDown();
    var consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var next = new HashMap<TopicPartition, Long>();
    while (isOpen()) {
      try (var consumer = KafkaClients.newConsumer(clients.reader())) {
        current = consumer;
        follow(consumer, next);
      } catch (WakeupException e) {
        // Only close() wakes the consumer; the loop's condition ends it.
        log.debug("follower of {} was woken", topic.name());
      } catch (KafkaException | RegistryUnavailableException e) {
        pause(e);
      } catch (RuntimeException | Error e) {
        trouble = "stopped: " + e;
        log.error("follower of {} stopped", topic.name(), e);
        caughtUp.completeExceptionally(e);
        return;
      }
    }
  }

  private void follow(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> next) {
    var partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      // A topic that was just created; the broker that answered has not heard of it yet.
      throw new UnknownTopicOrPartitionException(topic.name());
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    next.forEach(consumer::seek);
    freshness.reset();
    // Where there is nothing to read, no poll would return before its time is over.
    look(consumer, partitions);
    while (isOpen()) {
      for (var record : consumer.poll(POLL)) {
        receive(record);
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
      look(consumer, partitions);
    }
  }

  private void look(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    try {
      if (freshness.look(consumer, partitions)) {
        trouble = "";
        caughtUp.complete(null);
      }
    } catch (TimeoutException e) {
      // The consumer connects again by itself; a new one could do no better.
      trouble = "the broker does not say how far the topic goes";
    }
  }

  private void receive(ConsumerRecord<byte[], byte[]> record) {
    try {
      var value = record.value() == null ? null : events.read(topic, record);
      receiver.accept(
          new Followed<>(Events.key(record), value, record.partition(), record.offset()));
    } catch (UndecodableException e) {
      log.warn(
          "passed over {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private void pause(RuntimeException cause) {
    trouble = cause.toString();
    log.warn("cannot read {}, trying again: {}", topic.name(), cause.toString());
    try {
      var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }
}
