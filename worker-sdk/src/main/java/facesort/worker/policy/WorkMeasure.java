package facesort.worker.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much work a task is, as an exponentially weighted mean over buckets: the last three count for
 * more than half. Any number of threads may use it.
 */
public final class WorkMeasure {
  private static final double WEIGHT_OF_NEWEST = 0.25;

  private double nanosPerTask = Double.NaN;

  /** Notes that a bucket of so many tasks, at least 1, took so long. */
  public synchronized void record(int tasks, Duration took) {
    double newest = (double) took.toNanos() / tasks;
    nanosPerTask =
        Double.isNaN(nanosPerTask)
            ? newest
            : nanosPerTask + WEIGHT_OF_NEWEST * (newest - nanosPerTask);
  }

  /** The mean work of a task; null before the first bucket. */
  public synchronized @Nullable Duration perTask() {
    return Double.isNaN(nanosPerTask) ? null : Duration.ofNanos(Math.round(nanosPerTask));
  }
}
