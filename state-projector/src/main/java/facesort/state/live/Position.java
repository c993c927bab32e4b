package facesort.state.live;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a client is in job.status: the next offset of each partition. As an event's id they are
 * joined by dots.
 */
final class Position {

  private static final int MOST_PARTITIONS = 64;

  private final long[] next;

  private Position(long[] next) {
    this.next = next;
  }

  static Position start(int partitions) {
    return new Position(new long[partitions]);
  }

  /** The position that an id names; empty when it names none. */
  static Optional<Position> parse(@Nullable String id, int partitions) {
    if (id == null || !id.matches("\\d{1,18}(\\.\\d{1,18}){0," + (MOST_PARTITIONS - 1) + "}")) {
      return Optional.empty();
    }
    var next = Arrays.stream(id.split("\\.")).mapToLong(Long::parseLong).toArray();
    return next.length == partitions ? Optional.of(new Position(next)) : Optional.empty();
  }

  /** Whether a record lies at or after it. */
  boolean isBefore(int partition, long offset) {
    return partition < next.length && offset >= next[partition];
  }

  /** Whether it is further than a topic with these ends can have brought anyone. */
  boolean isBeyond(long[] ends) {
    return IntStream.range(0, next.length).anyMatch(i -> next[i] > ends[i]);
  }

  /** With one partition further, never back. */
  Position after(int partition, long offset) {
    var moved = next.clone();
    moved[partition] = Math.max(moved[partition], offset + 1);
    return new Position(moved);
  }

  /** The text of an event's id. */
  String id() {
    return Arrays.stream(next).mapToObj(Long::toString).collect(Collectors.joining("."));
  }
}
