package facesort.ops.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history of a job, oldest first. */
public record JobEvents(List<Event> events, long total) {

  /** Copies the list; one that is missing is empty. */
  public JobEvents {
    events = events == null ? List.of() : List.copyOf(events);
  }

  /**
   * One event.
   *
   * @param at time of its record, ISO-8601
   */
  public record Event(
      String topic,
      int partition,
      long offset,
      String at,
      @Nullable String eventId,
      @Nullable Integer run,
      @Nullable Integer attempt,
      @Nullable String photoId,
      @Nullable String friendId,
      @Nullable String summary) {}
}
