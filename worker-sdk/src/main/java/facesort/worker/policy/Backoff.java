package facesort.worker.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait for a dependency that is down: from half a second, doubling to ten. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int DOUBLINGS_TO_LONGEST = 5;

  private Backoff() {}

  /**
   * The wait after so many failures in a row, from 1; 20 % more or less, so that workers do not
   * come back all at once. There is always a next one.
   */
  public static Duration next(int failuresInARow, RandomGenerator random) {
    int doublings = Math.clamp(failuresInARow - 1L, 0, DOUBLINGS_TO_LONGEST);
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return jittered(wait.compareTo(LONGEST) < 0 ? wait : LONGEST, random);
  }

  /** The duration, up to 20 % more or less. */
  public static Duration jittered(Duration mean, RandomGenerator random) {
    return Duration.ofNanos(Math.round(mean.toNanos() * random.nextDouble(0.8, 1.2)));
  }
}
