package facesort.ingest.job;

import facesort.schemas.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to a submission whose records are committed.
 *
 * @param jobId job
 * @param idempotencyKey the key that gives the same answer again
 * @param total number of photos
 * @param photos the list
 * @param repeated true when an earlier request submitted the job
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record JobAccepted(
    String jobId, String idempotencyKey, int total, List<Photo> photos, boolean repeated) {

  /** Copies the list. */
  public JobAccepted {
    photos = List.copyOf(photos);
  }

  /**
   * One photo.
   *
   * @param photoId id within the job
   * @param filename name for people
   * @param settled its outcome when known already, else null
   * @param message one line about it
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Photo(
      String photoId,
      @Nullable String filename,
      @Nullable FailureCode settled,
      @Nullable String message) {}

  static JobAccepted of(Manifest manifest, String idempotencyKey, boolean repeated) {
    var photos =
        manifest.photos().stream()
            .map(p -> new Photo(p.photoId(), p.filename(), p.settled(), p.message()))
            .toList();
    return new JobAccepted(manifest.jobId(), idempotencyKey, photos.size(), photos, repeated);
  }
}
