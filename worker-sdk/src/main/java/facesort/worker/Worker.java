package facesort.worker;

import facesort.schemas.InFlightTask;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import facesort.service.WorkerIdentity;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A running stage: its lanes, from the first poll to the last commit. The pipeline is loaded and
 * checked before; no group is joined until everything that can refuse to start has started.
 *
 * @param <T> type of what is read
 */
final class Worker<T extends SpecificRecord>
    implements SmartLifecycle, Heartbeat.Activity, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final long STOP_SECONDS = 28;

  private final WorkerIdentity who;
  private final LoadedStage<?, T, ?> stage;
  private final WorkerParts parts;
  private final KafkaClients clients;
  private final SlotGuard guard;
  private final Map<Lane<T>, ChildProcess> children = new LinkedHashMap<>();
  private final Heartbeat heartbeat;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("resume").factory());
  private final List<LaneContainer<T>> lanes = new ArrayList<>();
  private volatile boolean running;

  Worker(
      WorkerIdentity who,
      LoadedStage<?, T, ?> stage,
      WorkerParts parts,
      KafkaClients clients,
      Supplier<ChildProcess> child,
      Heartbeat heartbeat) {
    this.who = who;
    this.stage = stage;
    this.parts = parts;
    this.clients = clients;
    this.guard = new SlotGuard(clients);
    this.heartbeat = heartbeat;
    Lanes.of(who, stage.stage()).forEach(lane -> children.put(lane, child.get()));
  }

  /**
   * Starts the children of lanes whose last process has died, while this process gets ready: their
   * first records are suspects. A lane that needs none in the end closes it.
   */
  void prepareChildren() {
    Thread.ofPlatform()
        .daemon()
        .name("prepare-children")
        .start(() ->
            children.forEach((lane, child) -> {
              try {
                if (guard.hasMember(lane).orElse(false)) {
                  var _ = child.ready();
                }
              } catch (IllegalStateException | UncheckedIOException e) {
                // It is started again with the first suspect, and what is wrong told then.
                log.warn("no child prepared for {}: {}", lane.memberId(), e.toString());
              }
            }));
  }

  @Override
  public void start() {
    TransactionVersion.check(clients);
    stage.cancelledBy(parts::isCancelled);
    children.forEach((lane, child) ->
        lanes.add(new LaneContainer<>(lane, stage, parts, clients, child, guard, timer)));
    lanes.forEach(LaneContainer::start);
    parts.metrics().careful(this::isCareful);
    running = true;
    heartbeat.ready();
    heartbeat.watch(this);
    parts.metrics().device(stage.device());
    log.info("{} works: {}", who.workerId(), stage.stage().name());
  }

  @Override
  public void stop() {
    running = false;
    heartbeat.draining();
    CountDownLatch stopped = new CountDownLatch(lanes.size());
    lanes.forEach(lane -> lane.stop(stopped::countDown));
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("not all lanes ended within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The lanes whose consumer has ended for good, one line each. */
  List<String> stopped() {
    return lanes.stream().flatMap(lane -> lane.stopped().stream()).toList();
  }

  /** What keeps it from working, one line each; empty when nothing does. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>(stage.troubles());
    lanes.forEach(lane -> lane.trouble().ifPresent(troubles::add));
    parts.cancellations().flatMap(Cancellations::trouble).ifPresent(troubles::add);
    if (!running) {
      troubles.add("not started");
    }
    return troubles;
  }

  /** Whether suspects of a crash are in work. */
  boolean isCareful() {
    return lanes.stream().anyMatch(LaneContainer::isCareful);
  }

  @Override
  public List<String> partitions() {
    return lanes.stream()
        .flatMap(lane -> lane.partitions().stream())
        .map(partition -> partition.topic() + "-" + partition.partition())
        .sorted()
        .toList();
  }

  @Override
  public List<InFlightTask> inFlight() {
    return parts.inFlight().tasks();
  }

  @Override
  public String device() {
    return stage.device();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    lanes.forEach(LaneContainer::close);
    children.values().forEach(ChildProcess::close);
    parts.cancellations().ifPresent(Cancellations::close);
  }
}
