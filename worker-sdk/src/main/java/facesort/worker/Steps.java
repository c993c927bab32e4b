package facesort.worker;

import java.util.function.Supplier;

/** The named steps of a batch: each is timed and is a span of the batch's trace. */
final class Steps {
  private final String stage;
  private final WorkerMetrics metrics;
  private final Traces traces;

  Steps(String stage, WorkerMetrics metrics, Traces traces) {
    this.stage = stage;
    this.metrics = metrics;
    this.traces = traces;
  }

  /** Takes a step. */
  <V> V step(String name, Supplier<V> work) {
    long begun = System.nanoTime();
    try (Traces.Step _ = traces.step(name, stage)) {
      return work.get();
    } finally {
      metrics.step(name, System.nanoTime() - begun);
    }
  }

  /** Takes a step. */
  void step(String name, Runnable work) {
    var _ =
        step(
            name,
            () -> {
              work.run();
              return true;
            });
  }
}
