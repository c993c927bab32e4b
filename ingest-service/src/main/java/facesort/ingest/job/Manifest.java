package facesort.ingest.job;

import facesort.schemas.Lane;
import facesort.schemas.PartitionOffset;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What was submitted: the object whose existence makes a job accepted. Every record of the job is
 * made from it alone, so that they can be written again at any time, each the same as before.
 *
 * @param version form of this object
 * @param jobId job
 * @param ownerId owner
 * @param requestHash hash of all that was asked for
 * @param name name for people
 * @param release when albums go out
 * @param lane queue of its tasks
 * @param keepOriginals true when cleanup leaves all photos
 * @param deleteSource true when cleanup removes photos named by key, too
 * @param submittedAt when it was accepted, milliseconds since 1970 UTC
 * @param deadline when the job fails if not matched, milliseconds since 1970 UTC
 * @param profilesUpto end offsets of friend.profile at submission
 * @param photos the list; the position counts
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Manifest(
    int version,
    String jobId,
    String ownerId,
    String requestHash,
    String name,
    ReleasePolicy release,
    Lane lane,
    boolean keepOriginals,
    boolean deleteSource,
    long submittedAt,
    long deadline,
    List<Upto> profilesUpto,
    List<ManifestPhoto> photos) {

  static final int VERSION = 1;

  /** Copies the lists. */
  public Manifest {
    profilesUpto = List.copyOf(profilesUpto);
    photos = List.copyOf(photos);
  }

  /**
   * A position in friend.profile.
   *
   * @param partition partition
   * @param offset next offset
   */
  public record Upto(int partition, long offset) {

    PartitionOffset toAvro() {
      return PartitionOffset.newBuilder().setPartition(partition).setOffset(offset).build();
    }
  }

  /** The photos that were in the bucket before the job, as far as they were found. */
  public List<Source> sources() {
    return photos.stream()
        .filter(photo -> photo.sha256() == null && photo.etag() != null)
        .map(photo -> new Source(photo.photoId(), photo.key(), photo.bytes()))
        .toList();
  }

  /**
   * A photo that was in the bucket before the job.
   *
   * @param photoId its id within the job
   * @param key where it lies
   * @param length bytes
   */
  public record Source(String photoId, String key, long length) {}
}
