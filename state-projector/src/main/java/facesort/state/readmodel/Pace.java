package facesort.state.readmodel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a job goes and how long it still takes.
 *
 * @param perSecond photos settled a second; null before the first
 * @param etaSeconds time until all are; null when not known, 0 when they are
 */
record Pace(@Nullable Double perSecond, @Nullable Long etaSeconds) {

  /**
   * From the mean over the whole time.
   *
   * @param settled photos settled
   * @param expected photos that will be
   * @param spent time from the submission to now, or to the last settled photo; null when not known
   */
  static Pace of(int settled, int expected, @Nullable Duration spent) {
    var left = Math.max(0, expected - settled);
    if (spent == null || !spent.isPositive() || settled == 0) {
      return new Pace(null, left == 0 && settled > 0 ? 0L : null);
    }
    var rate = settled * 1000.0 / spent.toMillis();
    return new Pace(Math.round(rate * 1000) / 1000.0, (long) Math.ceil(left / rate));
  }
}
