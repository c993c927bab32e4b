package facesort.worker;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.ProducerListener;

/**
 * The container of a lane: one consumer thread with one producer of its own, each batch one
 * transaction.
 *
 * @param <T> type of what is read
 */
final class LaneContainer<T extends SpecificRecord> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LaneContainer.class);
  private static final Duration STOP = Duration.ofSeconds(25);
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** Beyond the batch's deadlines: for retries, commits and whatever the machine does. */
  private static final Duration BEYOND = Duration.ofSeconds(60);

  private final Lane<T> lane;
  private final SlotGuard guard;
  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final KafkaMessageListenerContainer<byte[], byte[]> container;
  private final BatchRunner<T> runner;
  private final AfterRollback afterRollback;
  private volatile boolean stopping;
  private volatile String trouble = "";

  /** Opens its producer, so that whatever a predecessor left open is ended; joins no group yet. */
  LaneContainer(
      Lane<T> lane,
      LoadedStage<?, T, ?> stage,
      WorkerParts parts,
      KafkaClients clients,
      ChildProcess child,
      SlotGuard guard,
      ScheduledExecutorService timer) {
    this.lane = lane;
    this.guard = guard;
    this.producers = producers(lane, clients);
    this.runner = new BatchRunner<>(lane, stage, parts, child, template(producers));
    this.afterRollback =
        new AfterRollback(parts.random(), timer, parts.metrics(), text -> trouble = text);
    ContainerProperties properties = new ContainerProperties(lane.topic().name());
    properties.setGroupId(lane.groupId());
    properties.setMessageListener(runner);
    properties.setKafkaAwareTransactionManager(
        new CommitListener(producers, this::committed, runner::notCommitted));
    // The markers of transactions would look like records that nobody reads.
    properties.setFixTxOffsets(true);
    properties.setStopContainerWhenFenced(true);
    properties.setShutdownTimeout(STOP.toMillis());
    properties.setIdleEventInterval(IDLE.toMillis());
    properties.setConsumerRebalanceListener(runner.quarantine());
    properties.setOffsetAndMetadataProvider(
        (metadata, offset) -> new OffsetAndMetadata(offset, runner.quarantine().metadata()));
    this.container =
        new KafkaMessageListenerContainer<>(
            new LeavingConsumerFactory(consumer(lane, parts, clients)), properties);
    container.setBeanName(lane.memberId());
    container.setAfterRollbackProcessor(afterRollback);
    container.setApplicationEventPublisher(event -> {
      switch (event) {
        case ConsumerStoppedEvent stopped -> stopped(stopped);
        case ListenerContainerIdleEvent idle -> runner.idle(idle.getConsumer());
        default -> {}
      }
    });
  }

  private static Map<String, Object> consumer(
      Lane<?> lane, WorkerParts parts, KafkaClients clients) {
    Map<String, Object> settings = clients.staticMember(lane.groupId(), lane.memberId());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, parts.settings().batch());
    settings.put(
        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
        (int) longestBatch(parts.deadline(), parts.settings().batch()).toMillis());
    return settings;
  }

  /** Longer than any batch: the session, not this, tells that a process is dead. */
  static Duration longestBatch(Duration deadline, int batch) {
    Duration longest = deadline.multipliedBy(batch).plus(BEYOND);
    Duration most = Duration.ofMillis(Integer.MAX_VALUE);
    return longest.compareTo(most) < 0 ? longest : most;
  }

  private static KafkaTemplate<byte[], byte[]> template(
      DefaultKafkaProducerFactory<byte[], byte[]> producers) {
    KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producers);
    // A failed send makes the commit fail, which says it once, not once a record.
    template.setProducerListener(new ProducerListener<>() {});
    return template;
  }

  private static DefaultKafkaProducerFactory<byte[], byte[]> producers(
      Lane<?> lane, KafkaClients clients) {
    String prefix = lane.memberId() + "-";
    DefaultKafkaProducerFactory<byte[], byte[]> producers =
        new DefaultKafkaProducerFactory<>(clients.transactional(prefix));
    producers.setTransactionIdPrefix(prefix);
    producers.setTransactionIdSuffixStrategy(new OneProducer());
    producers.createProducer().close();
    return producers;
  }

  /** Joins the group. */
  void start() {
    container.start();
  }

  /** Leaves the group when the running batch is done; calls back then. */
  void stop(Runnable stopped) {
    stopping = true;
    container.stop(stopped);
  }

  Set<TopicPartition> partitions() {
    return runner.quarantine().partitions();
  }

  boolean isCareful() {
    return runner.quarantine().isCareful();
  }

  /** What keeps the lane from working, in one line. */
  Optional<String> trouble() {
    return stopped().or(() -> trouble.isEmpty() ? Optional.empty() : Optional.of(trouble));
  }

  /** That its consumer has ended though nobody stopped it, in one line. */
  Optional<String> stopped() {
    return container.isRunning() || stopping
        ? Optional.empty()
        : Optional.of(lane.memberId() + " has stopped" + (trouble.isEmpty() ? "" : ": " + trouble));
  }

  private void committed() {
    // The container also commits offsets past markers, without any batch.
    if (runner.afterCommit()) {
      trouble = "";
      afterRollback.committed();
    }
  }

  private void stopped(ConsumerStoppedEvent event) {
    if (event.getReason() == Reason.FENCED && !stopping) {
      Thread.ofPlatform().daemon().name("slot-guard").start(this::again);
    } else if (event.getReason() != Reason.NORMAL) {
      log.error("{} has stopped: {}", lane.memberId(), event.getReason());
    }
  }

  /** Only the transaction was fenced: with a new producer the lane goes on. */
  private void again() {
    guard.fenced(lane);
    while (!stopping && container.isRunning()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    log.info("nobody else has slot {}: {} goes on", lane.who().slot(), lane.memberId());
    while (!stopping) {
      try {
        producers.reset();
        producers.createProducer().close();
        container.start();
        return;
      } catch (KafkaException e) {
        trouble = "no producer: " + e;
        log.warn("{} cannot go on yet: {}", lane.memberId(), e.toString());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  /** Closes the producer; the container must have stopped. */
  @Override
  public void close() {
    producers.destroy();
  }
}
