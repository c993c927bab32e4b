package facesort.worker;

import facesort.worker.policy.Backoff;
import facesort.worker.telemetry.WorkerMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.ContainerProperties.EOSMode;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What follows a batch that was rolled back: its records come again, after a pause in which the
 * consumer goes on polling, so that it stays in its group. Without limit: no outage fills a
 * dead-letter topic. Only a dead letter that cannot be written stops the consumer.
 */
final class AfterRollback implements AfterRollbackProcessor<byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(AfterRollback.class);

  private final RandomGenerator random;
  private final ScheduledExecutorService timer;
  private final WorkerMetrics metrics;
  private final Consumer<String> trouble;
  private final Set<String> down = new HashSet<>();
  private int inARow;

  /** Tells what is the matter in one line. */
  AfterRollback(
      RandomGenerator random,
      ScheduledExecutorService timer,
      WorkerMetrics metrics,
      Consumer<String> trouble) {
    this.random = random;
    this.timer = timer;
    this.metrics = metrics;
    this.trouble = trouble;
  }

  /** A batch was committed. */
  void committed() {
    inARow = 0;
    down.forEach(dependency -> metrics.dependencyDown(dependency, false));
    down.clear();
  }

  @Override
  public void process(
      List<ConsumerRecord<byte[], byte[]>> records,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      @Nullable MessageListenerContainer container,
      Exception error,
      boolean recoverable,
      EOSMode mode) {
    Map<TopicPartition, Long> first = new HashMap<>();
    records.forEach(record ->
        first.merge(
            new TopicPartition(record.topic(), record.partition()), record.offset(), Math::min));
    Set<TopicPartition> assigned = consumer.assignment();
    first.forEach((partition, offset) -> {
      // One that a rebalance took away in the meantime is somebody else's.
      if (assigned.contains(partition)) {
        consumer.seek(partition, offset);
      }
    });
    if (container != null) {
      next(container, error);
    }
  }

  @Override
  public void processBatch(
      ConsumerRecords<byte[], byte[]> records,
      List<ConsumerRecord<byte[], byte[]>> list,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      @Nullable MessageListenerContainer container,
      Exception error,
      boolean recoverable,
      EOSMode mode) {
    process(list, consumer, container, error, recoverable, mode);
  }

  private void next(MessageListenerContainer container, Exception error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeadLetterRefused refused) {
        log.error("consumer stops: {}", refused.getMessage());
        trouble.accept(String.valueOf(refused.getMessage()));
        metrics.rollback("dead_letter_refused");
        container.stopAbnormally(() -> {});
        return;
      }
      if (cause instanceof WorkMustWait wait) {
        log.warn("batch waits: {}", wait.getMessage());
        trouble.accept(String.valueOf(wait.getMessage()));
        metrics.rollback(wait.dependency());
        metrics.dependencyDown(wait.dependency(), true);
        down.add(wait.dependency());
        pause(container);
        return;
      }
    }
    log.warn("batch rolled back, it comes again", error);
    trouble.accept("a batch fails again and again: " + rootOf(error));
    metrics.rollback("error");
    pause(container);
  }

  private static Throwable rootOf(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private void pause(MessageListenerContainer container) {
    inARow++;
    Duration pause = Backoff.next(inARow, random);
    container.pause();
    var _ = timer.schedule(container::resume, pause.toMillis(), TimeUnit.MILLISECONDS);
  }
}
