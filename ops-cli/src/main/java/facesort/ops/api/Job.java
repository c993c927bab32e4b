package facesort.ops.api;

import java.util.List;
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

  /** The state for people, with the number of failed photos. */
  public String stateText() {
    return photos.failed() == 0 ? state : "%s (%d failed)".formatted(state, photos.failed());
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
