package facesort.state.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a job, where it was read.
 *
 * @param at time of the record, by the broker or its writer
 * @param occurredAt time in the event; null when it has none
 * @param attempt how often it was tried; null when that is not said
 * @param summary what it was, one line for people
 */
public record EventView(
    String topic,
    int partition,
    long offset,
    Instant at,
    @Nullable Instant occurredAt,
    @Nullable String eventId,
    int run,
    @Nullable Integer attempt,
    @Nullable String photoId,
    @Nullable String friendId,
    String summary) {

  /** Some events in order of time, and how many there are. */
  public record Page(List<EventView> events, long total) {}
}
