package facesort.service;

import facesort.schemas.InFlightTask;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Says on {@code worker.heartbeat} every few seconds, and at once when its state changes, that this
 * instance is alive, what it works on and what it has done since it started. A beat that cannot be
 * written is dropped: the next one says all it said. Any thread may call.
 *
 * <p>States only go forward: STARTING, READY, DRAINING, STOPPED. It is READY from {@link #start},
 * or, of a service that called {@link #starting} before, from {@link #ready}. In an application
 * context it starts before and stops after everything else: DRAINING is said when the context
 * begins to close, it goes on while workers finish, and STOPPED is the last beat of a clean stop.
 */
public final class Heartbeat implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

  /** What an instance works on now. Called by the heartbeat's thread; answers at once. */
  public interface Activity {

    /** Assigned partitions as topic-number. */
    List<String> partitions();

    /** Tasks being worked on, in any order. */
    List<InFlightTask> inFlight();

    /** What it computes on now; empty = what the identity says. */
    default String device() {
      return "";
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration LAST_BEAT = Duration.ofSeconds(2);
  private static final int MOST_IN_FLIGHT = 100;

  private final WorkerIdentity who;
  private final Events events;
  private final KafkaClients clients;
  private final Clock clock;
  private final Instant startedAt;
  private final AtomicLong processed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final RatePerMinute rate = new RatePerMinute(System::nanoTime);
  private final List<Activity> activities = new CopyOnWriteArrayList<>();
  private final BlockingQueue<WorkerState> moves = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile WorkerState first = WorkerState.READY;
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

  /** Each beat also says what this part of the instance works on. */
  public void watch(Activity activity) {
    activities.add(activity);
  }

  /** Counts tasks that were finished. */
  public void processed(long tasks) {
    processed.addAndGet(tasks);
    rate.add(tasks);
  }

  /** Counts tasks that went to a dead-letter topic. */
  public void failed(long tasks) {
    failed.addAndGet(tasks);
    rate.add(tasks);
  }

  /** The instance is not ready when it starts to beat; to be called before {@link #start}. */
  public void starting() {
    first = WorkerState.STARTING;
  }

  /** The instance takes work from now on. */
  public void ready() {
    moves.add(WorkerState.READY);
  }

  /** The instance takes no more work and finishes what it has. */
  public void draining() {
    moves.add(WorkerState.DRAINING);
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  @Override
  public void stop() {
    running = false;
    moves.add(WorkerState.STOPPED);
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

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    draining();
  }

  private void beat() {
    var state = first;
    try (var producer = producer()) {
      send(producer, state);
      while (state != WorkerState.STOPPED) {
        var move = nextMove();
        if (move == null || move.compareTo(state) > 0) {
          state = move == null ? state : move;
          send(producer, state);
        }
      }
      producer.close(LAST_BEAT);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but who wants the process to end at once.
      Thread.currentThread().interrupt();
    }
  }

  /** A broker whose name is not known yet will be. */
  private Producer<byte[], byte[]> producer() throws InterruptedException {
    while (true) {
      try {
        return KafkaClients.newProducer(clients.producer());
      } catch (KafkaException e) {
        log.warn("heartbeats cannot be written yet: {}", e.toString());
        Thread.sleep(EVERY);
      }
    }
  }

  private @Nullable WorkerState nextMove() throws InterruptedException {
    return moves.poll(EVERY.toMillis(), TimeUnit.MILLISECONDS);
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
    } catch (RuntimeException e) {
      // Whatever it was, also of an activity: an instance that lives goes on saying so.
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
        .setDevice(device())
        .setState(state)
        .setStartedAt(startedAt)
        .setPartitions(activities.stream().flatMap(a -> a.partitions().stream()).sorted().toList())
        .setInFlight(oldestInFlight())
        .setProcessed(processed.get())
        .setFailed(failed.get())
        .setPerMinute(rate.now())
        .build();
  }

  private String device() {
    return activities.stream()
        .map(Activity::device)
        .filter(device -> !device.isEmpty())
        .findFirst()
        .orElse(who.device());
  }

  private List<InFlightTask> oldestInFlight() {
    return activities.stream()
        .flatMap(activity -> activity.inFlight().stream())
        .sorted(Comparator.comparing(InFlightTask::getSince))
        .limit(MOST_IN_FLIGHT)
        .toList();
  }
}
