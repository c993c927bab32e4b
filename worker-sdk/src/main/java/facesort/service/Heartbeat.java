package facesort.service;

import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says on {@code worker.heartbeat} every few seconds that this instance is alive and what it has
 * done since it started, and at a clean stop that it stopped. A beat that cannot be written is
 * dropped: the next one says all it said. The counters may be raised by any thread.
 */
public final class Heartbeat implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration LAST_BEAT = Duration.ofSeconds(2);

  private final WorkerIdentity who;
  private final Events events;
  private final KafkaClients clients;
  private final Clock clock;
  private final Instant startedAt;
  private final AtomicLong processed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread;
  private volatile boolean running;

  /** For one instance; beats from {@link #start} to {@link #stop}. */
  public Heartbeat(WorkerIdentity who, Events events, KafkaClients clients, Clock clock) {
    this.who = who;
    this.events = events;
    this.clients = clients;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(this::beat);
  }

  /** Counts tasks that were finished. */
  public void processed(long tasks) {
    processed.addAndGet(tasks);
  }

  /** Counts tasks that went to a dead-letter topic. */
  public void failed(long tasks) {
    failed.addAndGet(tasks);
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(LAST_BEAT.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void beat() {
    try (var producer = KafkaClients.newProducer(clients.producer())) {
      while (running) {
        send(producer, WorkerState.READY);
        try {
          Thread.sleep(EVERY);
        } catch (InterruptedException e) {
          // stop() interrupts the wait; the loop's condition ends it and the last beat follows.
          log.debug("heartbeat ends");
        }
      }
      send(producer, WorkerState.STOPPED);
      producer.close(LAST_BEAT);
    }
  }

  private void send(Producer<byte[], byte[]> producer, WorkerState state) {
    try {
      // The callback reports; the future would only say the same.
      var _ =
          producer.send(
              events.record(Topics.WORKER_HEARTBEAT, who.workerId(), now(state)),
              (metadata, error) -> {
                if (error != null) {
                  log.warn("heartbeat was not written: {}", error.toString());
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      log.warn("heartbeat was not written: {}", e.toString());
    }
  }

  private WorkerHeartbeat now(WorkerState state) {
    return WorkerHeartbeat.newBuilder()
        .setWorkerId(who.workerId())
        .setOccurredAt(clock.instant())
        .setService(who.service())
        .setRole(who.role())
        .setSlot(who.slot())
        .setVersion(who.version())
        .setDevice(who.device())
        .setState(state)
        .setStartedAt(startedAt)
        .setPartitions(List.of())
        .setInFlight(List.of())
        .setProcessed(processed.get())
        .setFailed(failed.get())
        .build();
  }
}
