package facesort.state.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown.
 *
 * @param total photos announced; those seen so far while nobody announced a number
 * @param photos photo counts by name; the first is the sum of the others
 * @param closed true when no further photo is taken
 * @param deliveries pair counts by name
 * @param commands answers to the last 20 commands, oldest first
 * @param ratePerSecond photos settled a second; null when not known
 * @param etaSeconds time until all photos are settled at that rate; null when not known, 0 when
 *     they are
 * @param etaBasis what rate and time are computed from, one line for people
 * @param errors the first 20 photos that failed; empty in lists and streams
 */
public record JobView(
    String jobId,
    String ownerId,
    String name,
    String state,
    @Nullable String failure,
    String release,
    boolean closed,
    int run,
    int total,
    Map<String, Integer> photos,
    int faces,
    Map<String, Integer> deliveries,
    int cleanupRequests,
    List<Command> commands,
    @Nullable Instant submittedAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable Double ratePerSecond,
    @Nullable Long etaSeconds,
    String etaBasis,
    List<PhotoError> errors) {

  /** Some jobs, newest first, and how many there are. */
  public record Page(List<JobView> jobs, long total) {}

  /** A photo that failed. */
  public record PhotoError(
      String photoId, @Nullable String filename, String code, @Nullable String message) {}

  /**
   * The answer to a command.
   *
   * @param code why it was refused; null when it was accepted
   * @param run run that it opened, or the last one that it ended
   * @param photos photos that it cancelled or queued again
   */
  public record Command(
      String eventId,
      String command,
      String answer,
      @Nullable String code,
      int run,
      int photos,
      @Nullable String message) {}

  JobView with(List<PhotoError> found) {
    return new JobView(
        jobId,
        ownerId,
        name,
        state,
        failure,
        release,
        closed,
        run,
        total,
        photos,
        faces,
        deliveries,
        cleanupRequests,
        commands,
        submittedAt,
        updatedAt,
        finishedAt,
        ratePerSecond,
        etaSeconds,
        etaBasis,
        found);
  }
}
