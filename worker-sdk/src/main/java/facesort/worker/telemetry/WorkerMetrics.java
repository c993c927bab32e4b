package facesort.worker.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The metrics of one stage; {@link WorkerMetric} says what they mean. Any thread may call. */
public final class WorkerMetrics {

  private final MeterRegistry registry;
  private final Tags stage;
  private final AtomicInteger abandonedThreads;
  private final AtomicInteger inFlight;
  private final Map<String, AtomicInteger> dependencies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> devices = new ConcurrentHashMap<>();

  /** The gauges are there from now on, the rest from its first value on. */
  public WorkerMetrics(MeterRegistry registry, String stage) {
    this.registry = registry;
    this.stage = Tags.of("stage", stage);
    this.abandonedThreads = gauge(WorkerMetric.ABANDONED_THREADS, this.stage);
    this.inFlight = gauge(WorkerMetric.IN_FLIGHT, this.stage);
  }

  /**
   * Tasks of a committed batch.
   *
   * @param code name of the failure code, NONE without one
   */
  public void tasks(String lane, String outcome, String code, int number) {
    Counter.builder(WorkerMetric.TASKS.id())
        .description(WorkerMetric.TASKS.sentence())
        .tags(stage.and("lane", lane, "outcome", outcome, "code", code))
        .register(registry)
        .increment(number);
  }

  /** A step of a batch ended. */
  public void step(String step, Duration time) {
    Timer.builder(WorkerMetric.STEP.id())
        .description(WorkerMetric.STEP.sentence())
        .tags(stage.and("step", step))
        .register(registry)
        .record(time);
  }

  /** A bucket went through the model. */
  public void bucket(int tasks) {
    DistributionSummary.builder(WorkerMetric.BUCKET.id())
        .description(WorkerMetric.BUCKET.sentence())
        .tags(stage)
        .register(registry)
        .record(tasks);
  }

  /** A batch was committed. */
  public void batch(String lane, Duration time) {
    Timer.builder(WorkerMetric.BATCH.id())
        .description(WorkerMetric.BATCH.sentence())
        .tags(stage.and("lane", lane))
        .register(registry)
        .record(time);
  }

  /** A batch was rolled back; the reason is one of few words. */
  public void rollback(String reason) {
    Counter.builder(WorkerMetric.ROLLBACKS.id())
        .description(WorkerMetric.ROLLBACKS.sentence())
        .tags(stage.and("reason", reason))
        .register(registry)
        .increment();
  }

  /** The child process died while it tried a record. */
  public void childDied() {
    Counter.builder(WorkerMetric.CHILD_DEATHS.id())
        .description(WorkerMetric.CHILD_DEATHS.sentence())
        .tags(stage)
        .register(registry)
        .increment();
  }

  /** Asks, whenever it is read, whether records are tried in a child process. */
  public void careful(BooleanSupplier isCareful) {
    Gauge.builder(WorkerMetric.CAREFUL.id(), isCareful, asked -> asked.getAsBoolean() ? 1 : 0)
        .description(WorkerMetric.CAREFUL.sentence())
        .tags(stage)
        .strongReference(true)
        .register(registry);
  }

  /** How many threads are left behind now. */
  public void abandonedThreads(int threads) {
    abandonedThreads.set(threads);
  }

  /** How many tasks were begun, or ended when negative. */
  public void inFlight(int more) {
    inFlight.addAndGet(more);
  }

  /** Whether the worker waits for this dependency from now on. */
  public void dependencyDown(String dependency, boolean isDown) {
    dependencies
        .computeIfAbsent(
            dependency, name -> gauge(WorkerMetric.DEPENDENCY_DOWN, stage.and("dependency", name)))
        .set(isDown ? 1 : 0);
  }

  /** What the stage computes on now; "" says nothing. */
  public void device(String device) {
    if (!device.isEmpty()) {
      devices.computeIfAbsent(
          device, name -> gauge(WorkerMetric.DEVICE, stage.and("device", name)));
      devices.forEach((name, value) -> value.set(name.equals(device) ? 1 : 0));
    }
  }

  private AtomicInteger gauge(WorkerMetric metric, Tags tags) {
    var value = new AtomicInteger();
    Gauge.builder(metric.id(), value, AtomicInteger::get)
        .description(metric.sentence())
        .tags(tags)
        .strongReference(true)
        .register(registry);
    return value;
  }
}
