package facesort.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue: every topic of the contract, once. Topic creation, access rules and documents are
 * made from it; nobody else writes a topic name.
 */
public final class Topics {

  /** Largest record batch a topic takes, bytes; a record of ours is at most 256 KiB. */
  public static final int MAX_RECORD_BYTES = 1024 * 1024;

  static final Duration KEPT = Duration.ofDays(30);
  private static final Duration VECTORS_KEPT = Duration.ofDays(7);
  private static final Duration TOMBSTONES_KEPT = Duration.ofDays(7);

  /** Photos that wait for detection. */
  public static final Topic<TaskQueued> TASK_QUEUED =
      log("task.queued", TaskQueued.class, "task_id", 8, KEPT);

  /** Photos of small jobs, served before {@link #TASK_QUEUED}. */
  public static final Topic<TaskQueued> TASK_QUEUED_INTERACTIVE =
      log("task.queued.interactive", TaskQueued.class, "task_id", 4, KEPT);

  /** Faces and embeddings of a photo. */
  public static final Topic<FacesDetected> FACES_DETECTED =
      log("faces.detected", FacesDetected.class, "task_id", 8, VECTORS_KEPT);

  /** Who is on a photo. */
  public static final Topic<MatchResult> MATCH_RESULT =
      log("match.result", MatchResult.class, "task_id", 8, KEPT);

  /** Delivery pairs that were closed. */
  public static final Topic<DeliveryDone> DELIVERY_DONE =
      log("delivery.done", DeliveryDone.class, "job_id", 4, KEPT);

  /** Requests to clean a job's storage and their answers. */
  public static final Topic<Cleanup> CLEANUP = log("cleanup", Cleanup.class, "job_id", 4, KEPT);

  /** Commands to jobs. */
  public static final Topic<JobControl> JOB_CONTROL =
      log("job.control", JobControl.class, "job_id", 4, KEPT);

  /** Where each job stands. */
  public static final Topic<JobStatus> JOB_STATUS =
      state("job.status", JobStatus.class, "job_id", 4);

  /** Friends: consent and reference photos. */
  public static final Topic<FriendProfile> FRIEND_PROFILE =
      state("friend.profile", FriendProfile.class, "owner_id/friend_id", 4);

  /** How friends are reached. */
  public static final Topic<FriendContact> FRIEND_CONTACT =
      state("friend.contact", FriendContact.class, "owner_id/friend_id", 4);

  /** What enrolment made of friends. */
  public static final Topic<FriendGallery> FRIEND_GALLERY =
      state("friend.gallery", FriendGallery.class, "owner_id/friend_id", 4);

  /** Signs of life of service instances. */
  public static final Topic<WorkerHeartbeat> WORKER_HEARTBEAT =
      new Topic<>(
          "worker.heartbeat",
          WorkerHeartbeat.class,
          "worker_id",
          4,
          Duration.ofDays(1),
          true,
          true);

  /**
   * Takes what the projector's topology itself could not process: stripped events, never the bytes
   * of a flow topic. No topic of the contract: it carries bytes of the topology's own making.
   */
  public static final String PROJECTOR_DEAD_LETTERS = "state-projector-dlt";

  /** All topics, in the order of a photo's way. */
  public static final List<Topic<?>> ALL =
      List.of(
          TASK_QUEUED,
          TASK_QUEUED_INTERACTIVE,
          FACES_DETECTED,
          MATCH_RESULT,
          DELIVERY_DONE,
          CLEANUP,
          JOB_CONTROL,
          JOB_STATUS,
          FRIEND_PROFILE,
          FRIEND_CONTACT,
          FRIEND_GALLERY,
          WORKER_HEARTBEAT);

  private Topics() {}

  /** The topic of that name, or empty when the catalogue has none. */
  public static Optional<Topic<?>> named(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> log(
      String name, Class<V> type, String key, int partitions, Duration kept) {
    return new Topic<>(name, type, key, partitions, kept, false);
  }

  private static <V extends org.apache.avro.specific.SpecificRecord> Topic<V> state(
      String name, Class<V> type, String key, int partitions) {
    return new Topic<>(name, type, key, partitions, TOMBSTONES_KEPT, true);
  }
}
