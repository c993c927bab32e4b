package facesort.ingest.job;

import facesort.schemas.EventIds;
import facesort.schemas.Lane;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner asks for, apart from the uploaded photos.
 *
 * @param ownerId owner
 * @param idempotencyKey the owner's name for this request: the same key is the same job
 * @param name name for people; null = made from the job's id
 * @param release when albums go out
 * @param lane queue; null = by the number of photos
 * @param keys photos that lie in the bucket, in list order before the uploads
 * @param keepOriginals true when cleanup leaves all photos
 * @param deleteSource true when cleanup removes the photos named by key, too
 */
public record JobRequest(
    String ownerId,
    String idempotencyKey,
    @Nullable String name,
    ReleasePolicy release,
    @Nullable Lane lane,
    List<String> keys,
    boolean keepOriginals,
    boolean deleteSource) {

  /** Jobs of at most so many photos are interactive unless asked otherwise. */
  static final int INTERACTIVE_PHOTOS = 20;

  /** Copies the list. */
  public JobRequest {
    keys = List.copyOf(keys);
  }

  /** The job's id, the same for the same owner and key. */
  public String jobId() {
    return EventIds.job(ownerId, idempotencyKey);
  }

  Lane laneFor(int photos) {
    if (lane != null) {
      return lane;
    }
    return photos <= INTERACTIVE_PHOTOS ? Lane.INTERACTIVE : Lane.BULK;
  }

  String nameOr(String jobId) {
    return name == null ? "job-" + jobId.substring(0, 8) : name;
  }
}
