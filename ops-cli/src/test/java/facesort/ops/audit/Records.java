package facesort.ops.audit;

import facesort.schemas.AvroCodec;
import facesort.schemas.Box;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.Lane;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchRule;
import facesort.schemas.MatchedFace;
import facesort.schemas.ObjectRef;
import facesort.schemas.PhotoCounts;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.RunEnd;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of one job for tests. */
final class Records {
  static final String JOB = "job-1";

  /** As in the command, where the codec is there first and lets Avro load our records. */
  static final String SUBJECT = AvroCodec.subject(Topics.JOB_STATUS);

  private static final ObjectRef PHOTO = new ObjectRef("bucket", "owners/o/p", null, 4L);

  private Records() {}

  static TaskQueued task(String job, String photo, int run, @Nullable FailureCode settled) {
    return TaskQueued.newBuilder()
        .setEventId("task-" + photo + run)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId("o")
        .setRun(run)
        .setTaskId(EventIds.task(job, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(PHOTO)
        .setPosition(0)
        .setSettled(settled)
        .build();
  }

  /** With one face for each friend; none is a photo without a face. */
  static MatchResult match(String job, String photo, int run, String... friends) {
    return MatchResult.newBuilder()
        .setEventId("match-" + photo + run)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId("o")
        .setRun(run)
        .setTaskId(EventIds.task(job, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setSource(PHOTO)
        .setMediaType("image/jpeg")
        .setFaces(List.of(friends).stream().map(Records::face).toList())
        .setThreshold(0.5f)
        .setMargin(0.08f)
        .setReviewFrom(0.4f)
        .setComparedFriends(3)
        .setModelId("model")
        .setSpaceId("space")
        .build();
  }

  private static MatchedFace face(String friend) {
    return MatchedFace.newBuilder()
        .setIndex(0)
        .setBox(new Box(0f, 0f, 10f, 10f))
        .setDecision(MatchDecision.MATCHED)
        .setRule(MatchRule.ACCEPTED)
        .setFriendId(friend)
        .setScore(0.9f)
        .setCandidates(List.of())
        .build();
  }

  static DeliveryDone done(String job, String photo, String friend) {
    return DeliveryDone.newBuilder()
        .setEventId("done-" + photo + friend)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId("o")
        .setPhotoId(photo)
        .setFriendId(friend)
        .setSeq(0)
        .setState(DeliveryState.SENT)
        .setChannel(Channel.FOLDER)
        .setAttempts(1)
        .setScore(0.9f)
        .build();
  }

  static JobStatus status(String job, JobState state, int run, PhotoCounts photos, RunEnd... ends) {
    return JobStatus.newBuilder()
        .setEventId("status-" + job)
        .setOccurredAt(Instant.ofEpochMilli(1_000))
        .setJobId(job)
        .setOwnerId("o")
        .setRun(run)
        .setName("test")
        .setState(state)
        .setRelease(ReleasePolicy.AUTO)
        .setClosed(true)
        .setTotal(photos.getSubmitted())
        .setPhotos(photos)
        .setFaces(0)
        .setDeliveries(new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0, 0))
        .setEnds(List.of(ends))
        .build();
  }
}
