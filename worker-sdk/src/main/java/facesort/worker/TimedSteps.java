package facesort.worker;

import facesort.worker.telemetry.Traces;
import facesort.worker.telemetry.WorkerMetrics;
import java.time.Duration;
import java.util.function.Supplier;

/** Times each step and makes it a span of the batch's trace. */
record TimedSteps(String stage, WorkerMetrics metrics, Traces traces) implements Steps {

  @Override
  public <V> V step(String name, Supplier<V> work) {
    long begun = System.nanoTime();
    try (Traces.Step span = traces.step(name, stage)) {
      return traced(span, work);
    } finally {
      metrics.step(name, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static <V> V traced(Traces.Step span, Supplier<V> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      span.failed(e);
      throw e;
    }
  }
}
