package facesort.ops.console;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a piece of work is: on a terminal one line that is written over, elsewhere a plain line
 * whenever something changed, at most one every two seconds. Safe for any number of threads.
 */
public final class Progress implements AutoCloseable {
  private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(2);

  private final Output output;
  private final LongSupplier nanos;
  private Mark first = new Mark("", 0, 0);
  private String lastText = "";
  private long lastNanos;
  private boolean open;

  /** Starts now. */
  public Progress(Output output) {
    this(output, System::nanoTime);
  }

  Progress(Output output, LongSupplier nanos) {
    this.output = output;
    this.nanos = nanos;
    this.lastNanos = nanos.getAsLong() - PLAIN_LINE_EVERY.toNanos();
  }

  /**
   * Shows {@code done} of {@code total} with rate and time left, after what is being done. The rate
   * is that since this work was shown first: what was done before took nobody knows how long.
   *
   * @param total 0 while it is not known
   */
  public synchronized void show(String what, long done, long total) {
    show(what, done, total, "");
  }

  /**
   * As {@link #show(String, long, long)}, with rate and time left as somebody else knows them.
   *
   * @param estimate printed instead of what this object measured; empty when nobody knows better
   */
  public synchronized void show(String what, long done, long total, String estimate) {
    long now = nanos.getAsLong();
    if (!what.equals(first.what()) || done < first.done()) {
      first = new Mark(what, done, now);
    }
    String counts =
        total > 0 ? "%s: %d of %d".formatted(what, done, total) : "%s: %d".formatted(what, done);
    String rate =
        estimate.isEmpty()
            ? rate(done - first.done(), total - done, Duration.ofNanos(now - first.nanos()))
            : estimate;
    if (output.canOverwrite()) {
      output.overwrite(counts + rate);
      open = true;
    } else if (!counts.equals(lastText) && (now - lastNanos >= PLAIN_LINE_EVERY.toNanos())) {
      output.say(counts + rate);
      lastText = counts;
      lastNanos = now;
    }
  }

  /** Ends the line. */
  @Override
  public synchronized void close() {
    if (open) {
      output.overwrite("");
      open = false;
    }
  }

  /**
   * @param done in the elapsed time
   * @param left still to do; 0 or less when nothing is or nobody knows
   */
  static String rate(long done, long left, Duration elapsed) {
    double seconds = elapsed.toMillis() / 1000.0;
    if (done <= 0 || seconds <= 0) {
      return "";
    }
    double perSecond = done / seconds;
    String rate = String.format(Locale.ROOT, ", %.1f a second", perSecond);
    return left <= 0 ? rate : rate + ", " + clock(Math.round(left / perSecond)) + " left";
  }

  /** A time in seconds for people. */
  public static String clock(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }

  /** Where a piece of work was when it was shown first. */
  private record Mark(String what, long done, long nanos) {}
}
