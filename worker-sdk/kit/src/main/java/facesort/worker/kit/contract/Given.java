package facesort.worker.kit.contract;

import facesort.schemas.ObjectRef;
import facesort.schemas.TaskQueued;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.StoredObject;
import facesort.worker.kit.Tasks;
import java.time.Duration;

/**
 * What a task of the contract is made from: nobody else has its owner, job and photo.
 *
 * @param ownerId owner
 * @param jobId job
 * @param photoId photo, different for each task
 * @param store the bucket
 */
public record Given(String ownerId, String jobId, String photoId, ObjectStore store) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Puts the photo's bytes into the bucket. */
  public ObjectRef photo(byte[] bytes) {
    return put(ObjectKeys.photo(ownerId, jobId, photoId), bytes);
  }

  /** Puts bytes into the bucket, below this key. */
  public ObjectRef put(String key, byte[] bytes) {
    StoredObject stored = store.put(key, bytes, "application/octet-stream").block(LIMIT);
    if (stored == null) {
      throw new IllegalStateException("The store has not said what it has put");
    }
    return new ObjectRef(store.bucket(), key, stored.etag(), (long) bytes.length);
  }

  /** A task to look at a photo of these bytes, as ingest writes it. */
  public TaskQueued task(byte[] bytes) {
    return Tasks.about(ownerId, jobId, photoId, photo(bytes));
  }
}
