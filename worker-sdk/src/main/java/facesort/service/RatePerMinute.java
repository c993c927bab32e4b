package facesort.service;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many things happened during the last minute, to the second. Safe for use by many threads. */
final class RatePerMinute {

  private static final int SECONDS = 60;

  private final LongSupplier nanos;
  private final long startNanos;
  private final long[] counts = new long[SECONDS];
  private long newest;

  /**
   * Nothing has happened yet.
   *
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  RatePerMinute(LongSupplier nanos) {
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  synchronized void add(long number) {
    forgetOld();
    counts[(int) (newest % SECONDS)] += number;
  }

  synchronized double now() {
    forgetOld();
    var sum = 0L;
    for (var count : counts) {
      sum += count;
    }
    return sum;
  }

  private void forgetOld() {
    var second = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - startNanos);
    for (var next = Math.max(newest + 1, second - SECONDS + 1); next <= second; next++) {
      counts[(int) (next % SECONDS)] = 0;
    }
    newest = Math.max(newest, second);
  }
}
