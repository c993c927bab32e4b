package facesort.ops.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job as the projector knows it.
 *
 * @param failure why it FAILED, else null
 * @param total number of photos submitted
 * @param faces number of faces found
 * @param ratePerSecond photos settled a second, null when unknown
 * @param etaSeconds seconds to the last photo, null when unknown
 * @param etaBasis what the estimate is made from, null when there is none
 * @param closed whether no further photo is taken
 * @param cleanupRequests how often its cleanup was asked for
 * @param commands answers to the last commands, oldest first
 * @param errors the first failed photos
 */
public record Job(
    String jobId,
    String ownerId,
    @Nullable String name,
    String state,
    @Nullable String failure,
    @Nullable String release,
    int run,
    int total,
    PhotoCounts photos,
    int faces,
    DeliveryCounts deliveries,
    @Nullable String submittedAt,
    @Nullable String updatedAt,
    @Nullable String finishedAt,
    @Nullable Double ratePerSecond,
    @Nullable Double etaSeconds,
    @Nullable String etaBasis,
    boolean closed,
    int cleanupRequests,
    @Nullable List<CommandAnswer> commands,
    @Nullable List<PhotoError> errors) {
  private static final Set<String> LAST = Set.of("COMPLETED", "CANCELLED", "FAILED");

  /** Whether nothing more will change. */
  public boolean isFinished() {
    return LAST.contains(state);
  }

  /** Whether the owner got what was asked for. */
  public boolean isCompleted() {
    return state.equals("COMPLETED");
  }

  /** The answer to a command; empty while the projector has not read it. */
  public Optional<CommandAnswer> answer(String eventId) {
    return Objects.requireNonNullElse(commands, List.<CommandAnswer>of()).stream()
        .filter(answer -> answer.eventId().equals(eventId))
        .findFirst();
  }

  /** The state for people, with the number of failed photos. */
  public String stateText() {
    return photos.failed() == 0 ? state : "%s (%d failed)".formatted(state, photos.failed());
  }

  /**
   * What a job made of a command.
   *
   * @param answer ACCEPTED or REFUSED
   * @param code why it was refused, else null
   * @param run run that a RESUME or RETRY opened, or the last one that a CANCEL ended
   * @param photos photos that were cancelled, or are queued again
   * @param message one line, null when there is none
   */
  public record CommandAnswer(
      String eventId,
      String command,
      String answer,
      @Nullable String code,
      int run,
      int photos,
      @Nullable String message) {

    /** Whether the job obeyed. */
    public boolean isAccepted() {
      return answer.equals("ACCEPTED");
    }
  }

  /**
   * Number of photos by outcome.
   *
   * @param inFlight without an outcome yet
   */
  public record PhotoCounts(
      int submitted,
      int matched,
      int noMatch,
      int noFace,
      int duplicate,
      int failed,
      int cancelled,
      int inFlight) {
    /** Photos that have an outcome. */
    public int settled() {
      return submitted - inFlight;
    }
  }

  /** Number of (photo, friend) pairs by where their delivery stands. */
  public record DeliveryCounts(
      int pairs,
      int open,
      int held,
      int sent,
      int unknown,
      int refused,
      int failed,
      int dropped,
      int recalled) {
    /** Pairs that wait for nothing more. */
    public int closed() {
      return pairs - open;
    }
  }

  /**
   * A photo that failed.
   *
   * @param code the failure's word
   * @param message one line
   */
  public record PhotoError(
      String photoId, @Nullable String filename, @Nullable String code, @Nullable String message) {}
}
