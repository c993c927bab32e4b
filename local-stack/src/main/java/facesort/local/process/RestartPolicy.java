package facesort.local.process;

import java.time.Duration;

/**
 * What happens when a process ends by itself after it was ready.
 *
 * @param firstDelay wait before the first restart; doubled for each further one
 * @param maxDelay the longest wait; a process that was up longer than this starts over at {@code
 *     firstDelay}
 */
public record RestartPolicy(Duration firstDelay, Duration maxDelay) {
  /** A process that ends with this code was replaced by a newer one: it is never restarted. */
  public static final int FENCED_EXIT_CODE = 75;

  public RestartPolicy {
    if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "need 0 <= firstDelay <= maxDelay, not " + firstDelay + " and " + maxDelay);
    }
  }

  /** Restarts without limit, after 0.2 s, 0.4 s and so on up to 10 s. */
  public static RestartPolicy always() {
    return new RestartPolicy(Duration.ofMillis(200), Duration.ofSeconds(10));
  }

  static boolean appliesTo(int exitCode) {
    return exitCode != FENCED_EXIT_CODE;
  }

  /** Wait before restart number {@code attempt}, counted from 1. */
  Duration delay(int attempt) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(attempt - 1, 20));
    return delay.compareTo(maxDelay) > 0 ? maxDelay : delay;
  }
}
