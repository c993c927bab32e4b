package facesort.state.readmodel;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as it is shown.
 *
 * @param total photos announced; those seen so far while nobody announced a number
 * @param photos photo counts by name; the first is the sum of the others
 * @param deliveries pair counts by name
 * @param ratePerSecond photos settled a second from submission on; null before the first
 * @param etaSeconds time until all photos are settled at that rate; null when not known, 0 when
 *     they are
 * @param errors the first 20 photos that failed; empty in a list of jobs
 */
public record JobView(
    String jobId,
    String ownerId,
    String name,
    String state,
    @Nullable String failure,
    String release,
    int run,
    int total,
    JsonNode photos,
    int faces,
    JsonNode deliveries,
    @Nullable Instant submittedAt,
    Instant updatedAt,
    @Nullable Instant finishedAt,
    @Nullable Double ratePerSecond,
    @Nullable Long etaSeconds,
    List<PhotoError> errors) {

  /** A photo that failed. */
  public record PhotoError(
      String photoId, @Nullable String filename, String code, @Nullable String message) {}

  JobView with(List<PhotoError> found) {
    return new JobView(
        jobId,
        ownerId,
        name,
        state,
        failure,
        release,
        run,
        total,
        photos,
        faces,
        deliveries,
        submittedAt,
        updatedAt,
        finishedAt,
        ratePerSecond,
        etaSeconds,
        found);
  }
}
