package facesort.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Up to when a reader is known to have everything: it asks the broker from time to time how far the
 * topic goes, and when the reader has got there, it had at the moment of the question all that was
 * committed by then. The reader's thread calls, others only ask.
 */
public final class Freshness {

  private static final Duration EVERY = Duration.ofMillis(750);
  private static final Duration ANSWER = Duration.ofMillis(500);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private record Ends(long askedNanos, Instant askedAt, Map<TopicPartition, Long> offsets) {}

  private record Shown(long atNanos, Instant at) {}

  private final Duration askAgain;
  private @Nullable Ends ends;
  private @Nullable Long lastAskedNanos;
  private volatile @Nullable Shown shown;

  /** For a reader that is seldom behind. */
  Freshness() {
    this(ASK_AGAIN);
  }

  /**
   * For any reader.
   *
   * @param askAgain after so long an end that was not reached is asked for again: a broker that
   *     lost its last records has an end that is before the one it told
   */
  public Freshness(Duration askAgain) {
    this.askAgain = askAgain;
  }

  /** A new connection begins: what the last one heard may not be true any more. */
  public void reset() {
    ends = null;
    lastAskedNanos = null;
  }

  /**
   * To be called before the first poll and after each, when all of its records were received.
   *
   * @return whether everything was shown to be received for one more moment
   * @throws TimeoutException when the broker does not answer; it is asked again later
   */
  public boolean look(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
    if (isTimeToAsk()) {
      var askedNanos = System.nanoTime();
      lastAskedNanos = askedNanos;
      ends = new Ends(askedNanos, Instant.now(), consumer.endOffsets(partitions, ANSWER));
    }
    if (ends == null || !isReached(consumer, ends)) {
      return false;
    }
    shown = new Shown(ends.askedNanos(), ends.askedAt());
    ends = null;
    return true;
  }

  /** Whether the reader had everything at some moment within that time. */
  boolean isWithin(Duration time) {
    var last = shown;
    return last != null && System.nanoTime() - last.atNanos() <= time.toNanos();
  }

  /** Everything that was committed before that moment was received; empty before the first time. */
  public Optional<Instant> shownAt() {
    return Optional.ofNullable(shown).map(Shown::at);
  }

  private boolean isTimeToAsk() {
    var pause = ends == null ? EVERY : askAgain;
    return lastAskedNanos == null || System.nanoTime() - lastAskedNanos >= pause.toNanos();
  }

  private static boolean isReached(Consumer<byte[], byte[]> consumer, Ends ends) {
    return ends.offsets().entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
