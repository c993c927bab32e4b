package facesort.bench.drive;

import facesort.schemas.EventIds;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.service.ObjectKeys;
import java.time.Clock;

/** Real tasks of about 400 bytes. */
public final class Tasks {
  /** Whose they are. */
  public static final String OWNER = "bench";

  private static final String SHA_256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private final Clock clock;

  /** Dated by this clock. */
  public Tasks(Clock clock) {
    this.clock = clock;
  }

  /** Id of the task of a photo: the same job and photo give the same. */
  public static String id(String jobId, String photoId) {
    return EventIds.task(jobId, photoId, TaskKind.FACES);
  }

  /** A task about an object that nobody reads. */
  public TaskQueued about(String jobId, String photoId, int position) {
    return of(
        jobId,
        photoId,
        position,
        new ObjectRef("facesort", ObjectKeys.photo(OWNER, jobId, photoId), "d41d8cd98f00", 1L));
  }

  /** A task about an object. */
  public TaskQueued of(String jobId, String photoId, int position, ObjectRef source) {
    String id = id(jobId, photoId);
    return TaskQueued.newBuilder()
        .setEventId(id)
        .setOccurredAt(clock.instant())
        .setJobId(jobId)
        .setOwnerId(OWNER)
        .setTaskId(id)
        .setPhotoId(photoId)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(source)
        .setFilename("IMG_%08d.jpeg".formatted(position))
        .setSha256(SHA_256)
        .setPosition(position)
        .build();
  }
}
