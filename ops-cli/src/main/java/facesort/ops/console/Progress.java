package facesort.ops.console;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a piece of work is: on a terminal one line that is written over, elsewhere a plain line
 * whenever something changed, at most one every two seconds. For one thread.
 */
public final class Progress implements AutoCloseable {
  private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(2);

  private final Output output;
  private final long startedNanos;
  private String lastText = "";
  private long lastNanos;
  private boolean open;

  /** Starts now. */
  public Progress(Output output) {
    this.output = output;
    this.startedNanos = System.nanoTime();
    this.lastNanos = startedNanos - PLAIN_LINE_EVERY.toNanos();
  }

  /** Shows {@code done} of {@code total} with rate and time left, after what is being done. */
  public void show(String what, long done, long total) {
    long now = System.nanoTime();
    String counts = "%s: %d of %d".formatted(what, done, total);
    if (output.canOverwrite()) {
      output.overwrite(counts + rate(done, total, Duration.ofNanos(now - startedNanos)));
      open = true;
    } else if (!counts.equals(lastText) && (now - lastNanos >= PLAIN_LINE_EVERY.toNanos())) {
      output.say(counts + rate(done, total, Duration.ofNanos(now - startedNanos)));
      lastText = counts;
      lastNanos = now;
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (open) {
      output.overwrite("");
      open = false;
    }
  }

  static String rate(long done, long total, Duration elapsed) {
    double seconds = elapsed.toMillis() / 1000.0;
    if (done <= 0 || seconds <= 0) {
      return "";
    }
    double perSecond = done / seconds;
    String rate = String.format(Locale.ROOT, ", %.1f a second", perSecond);
    return done >= total
        ? rate
        : rate + ", " + clock(Math.round((total - done) / perSecond)) + " left";
  }

  private static String clock(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }
}
