package facesort.delivery.send;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * How long to leave a dependency alone: each failure in a row doubles the wait up to a limit, a
 * success ends it. Safe for any number of threads; several failures within one wait count once.
 */
public final class BackOff {

  private final Clock clock;
  private final Duration first;
  private final Duration most;
  private Instant until = Instant.EPOCH;
  private int failures;

  /**
   * @param first wait after the first failure
   * @param most longest wait after any
   */
  public BackOff(Clock clock, Duration first, Duration most) {
    this.clock = clock;
    this.first = first;
    this.most = most;
  }

  /** A call failed. */
  public synchronized void failed() {
    if (left().isZero()) {
      failures++;
      pauseFor(wait(failures));
    }
  }

  /** Nothing is to be asked for this long, however long that is. */
  public synchronized void pauseFor(Duration pause) {
    var end = clock.instant().plus(pause);
    until = end.isAfter(until) ? end : until;
  }

  /** A call succeeded: the next failure waits as short as the first. A pause stays. */
  public synchronized void succeeded() {
    failures = 0;
  }

  /** True when the last call failed. */
  public synchronized boolean failing() {
    return failures > 0;
  }

  /** What is left of the wait; zero when there is none. */
  public synchronized Duration left() {
    var left = Duration.between(clock.instant(), until);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Completes when there is no wait. */
  public Mono<Void> passed() {
    return Mono.defer(() -> {
      var left = left();
      // Rounded up, or the last millisecond would be waited for in many small steps.
      return left.isZero()
          ? Mono.<Void>empty()
          : Mono.delay(left.plusMillis(1)).then(Mono.defer(this::passed));
    });
  }

  private Duration wait(int failure) {
    int doublings = Math.min(failure - 1, 20);
    var wait = first.multipliedBy(1L << doublings);
    return wait.compareTo(most) > 0 ? most : wait;
  }
}
