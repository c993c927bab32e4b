package facesort.worker.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets time go by where nothing can wake who waits: what other processes do. */
public final class Pause {
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);

  private Pause() {}

  /**
   * Returns after this time.
   *
   * @throws IllegalStateException when interrupted
   */
  public static void of(Duration time) {
    untilNanos(System.nanoTime() + time.toNanos());
  }

  /**
   * Returns when {@link System#nanoTime} has come to this, at once when it has already.
   *
   * @throws IllegalStateException when interrupted
   */
  public static void untilNanos(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while it waited");
      }
    }
  }

  /**
   * Returns true as soon as this holds, looking every 25 ms; false when the limit passes first.
   *
   * @throws IllegalStateException when interrupted
   */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      of(LOOK_EVERY);
    }
    return true;
  }
}
