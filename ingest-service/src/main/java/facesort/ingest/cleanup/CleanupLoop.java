package facesort.ingest.cleanup;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the cleanup topic, one record at a time, on its own thread. The offset is committed after
 * the record was answered: a crash between the two answers it again with the same event id. What
 * fails for a reason that can pass is tried again without end, polling on so that the group goes
 * on.
 */
public final class CleanupLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(CleanupLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 5;

  private final Map<String, Object> settings;
  private final String topic;
  private final CleanupListener listener;
  private final Runnable onFenced;

  /** Failures in a row, of whatever kind: they make the pause. The loop's thread owns it. */
  private int failures;

  private volatile boolean running;
  private volatile Thread thread = Thread.ofPlatform().unstarted(() -> {});

  /**
   * For one member of the group.
   *
   * @param settings of a consumer
   * @param topic the cleanup topic
   * @param onFenced called when another process took this slot over
   */
  public CleanupLoop(
      Map<String, Object> settings, String topic, CleanupListener listener, Runnable onFenced) {
    var own = new HashMap<>(settings);
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    own.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        (int) CleanupListener.CLEANUP.plusMinutes(2).toMillis());
    this.settings = Map.copyOf(own);
    this.topic = topic;
    this.listener = listener;
    this.onFenced = onFenced;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("cleanup").daemon().start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(CLOSE.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** False when the thread has ended although nobody stopped it. */
  public boolean isHealthy() {
    return !running || thread.isAlive();
  }

  private void run() {
    while (running) {
      try {
        readUntilStopped();
      } catch (FencedInstanceIdException e) {
        log.error("another instance took over this slot: {}", e.getMessage());
        onFenced.run();
        return;
      } catch (RuntimeException | Error e) {
        // An Error too: a loop that ended would leave every later job in CLEANING.
        if (running) {
          log.warn("cannot read {}: {}", topic, e.toString());
          failures++;
          rest();
        }
      }
    }
  }

  private void readUntilStopped() {
    listener.prepare();
    var consumer = KafkaClients.newConsumer(settings);
    try {
      consumer.subscribe(List.of(topic));
      while (running) {
        for (var record : consumer.poll(POLL)) {
          handle(consumer, record);
        }
      }
    } finally {
      // stop() interrupts; closing needs the network once more.
      Thread.interrupted();
      // A static member stays in the group unless told to leave.
      consumer.close(
          CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(CLOSE));
    }
  }

  private void handle(Consumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
    var partition = new TopicPartition(record.topic(), record.partition());
    try {
      listener.handle(record);
      failures = 0;
    } catch (RuntimeException e) {
      if (running) {
        log.warn("cleanup will be tried again: {}", e.toString());
      }
      failures++;
      consumer.seek(partition, record.offset());
      pollOn(consumer);
      return;
    }
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
  }

  /** Waits without leaving the group. */
  private void pollOn(Consumer<byte[], byte[]> consumer) {
    var assigned = consumer.assignment();
    consumer.pause(assigned);
    long end = System.nanoTime() + pause().toNanos();
    while (running && System.nanoTime() < end) {
      var surprise = consumer.poll(POLL);
      // Partitions that came during the wait were not paused: their records come again.
      surprise.partitions().forEach(p -> consumer.seek(p, surprise.records(p).getFirst().offset()));
    }
    consumer.resume(consumer.paused());
  }

  private void rest() {
    try {
      Thread.sleep(pause());
    } catch (InterruptedException e) {
      // stop() interrupts; the loop's condition ends it.
      log.debug("cleanup loop ends");
    }
  }

  private Duration pause() {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
