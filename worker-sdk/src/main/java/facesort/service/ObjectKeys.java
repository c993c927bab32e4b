package facesort.service;

import facesort.schemas.EventIds;

/** The names of objects in the bucket; refuses ids that could lead out of an owner's part. */
public final class ObjectKeys {

  private ObjectKeys() {}

  /** Everything of a job; the only prefix below which cleanup deletes. */
  public static String jobPrefix(String ownerId, String jobId) {
    return owner(ownerId) + "jobs/" + checked(jobId) + "/";
  }

  /** An uploaded photo. */
  public static String photo(String ownerId, String jobId, String photoId) {
    return jobPrefix(ownerId, jobId) + "photos/" + checked(photoId);
  }

  /** All submissions of an owner. */
  public static String manifestPrefix(String ownerId) {
    return owner(ownerId) + "submissions/";
  }

  /** What a submission said. */
  public static String manifest(String ownerId, String jobId) {
    return manifestPrefix(ownerId) + checked(jobId) + ".json";
  }

  /**
   * A reference photo of a friend; named by its content, so that a new version never changes the
   * bytes of an older one.
   *
   * @param sha256 lower-case hex of the photo's bytes
   */
  public static String reference(String ownerId, String friendId, String sha256) {
    return owner(ownerId) + "friends/" + checked(friendId) + "/references/" + checked(sha256);
  }

  /** What a stage puts out for a task; the only prefix below which it writes. */
  static String taskOutput(String ownerId, String jobId, String taskId, String stage) {
    return jobPrefix(ownerId, jobId) + "tasks/" + checked(taskId) + "/" + checked(stage) + "/";
  }

  /** True when the key could be an {@link ObjectKey} of the owner. */
  public static boolean belongsTo(String ownerId, String key) {
    return key.startsWith(owner(ownerId)) && isCanonical(key);
  }

  /** True for a key that {@link ObjectKey} does not refuse, whoever the owner is. */
  public static boolean isCanonical(String key) {
    return ObjectKey.isCanonical(key);
  }

  /** Everything of an owner. */
  static String owner(String ownerId) {
    return "owners/" + checked(ownerId) + "/";
  }

  private static String checked(String id) {
    if (!EventIds.isValid(id)) {
      throw new IllegalArgumentException("not an id of [A-Za-z0-9_-]{1,64}");
    }
    return id;
  }
}
