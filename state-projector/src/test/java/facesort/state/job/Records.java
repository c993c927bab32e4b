package facesort.state.job;

import facesort.schemas.Box;
import facesort.schemas.Channel;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.JobSubmit;
import facesort.schemas.Lane;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchRule;
import facesort.schemas.MatchedFace;
import facesort.schemas.ObjectRef;
import facesort.schemas.PhotoCounts;
import facesort.schemas.PhotoSelection;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Complete records of one job as the other services write them. */
public final class Records {

  /** Numbers that stand for a vector: found anywhere outside faces.detected they are a leak. */
  public static final float[] PLANTED = planted();

  private final String jobId;
  private final String ownerId;
  private final int run;

  private Records(String jobId, String ownerId, int run) {
    this.jobId = jobId;
    this.ownerId = ownerId;
    this.run = run;
  }

  /** Of a job. */
  public static Records of(String jobId, String ownerId) {
    return new Records(jobId, ownerId, 0);
  }

  /** Of a later run of it. */
  public Records in(int otherRun) {
    return new Records(jobId, ownerId, otherRun);
  }

  /** A photo that waits, or was settled by ingest already. */
  public TaskQueued task(String photo, int position, @Nullable FailureCode settled) {
    return TaskQueued.newBuilder()
        .setEventId(EventIds.event(Topics.TASK_QUEUED, jobId + "/" + photo, run, 0, 0))
        .setRun(run)
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setTaskId(EventIds.task(jobId, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(source(photo))
        .setFilename(photo + ".jpg")
        .setPosition(position)
        .setSettled(settled)
        .setSettledMessage(settled == null ? null : "settled as " + settled)
        .build();
  }

  /** A photo that waits, of a producer that writes no SUBMIT. */
  TaskQueued taskOf(String photo, int position, int jobTotal) {
    return TaskQueued.newBuilder(task(photo, position, null)).setJobTotal(jobTotal).build();
  }

  /** A photo with so many faces, each with the planted vector. */
  public FacesDetected faces(String photo, int faces) {
    var detected = new ArrayList<DetectedFace>();
    for (int i = 0; i < faces; i++) {
      detected.add(new DetectedFace(i, box(), 0.9f, List.of(), vector(), null, null));
    }
    return FacesDetected.newBuilder()
        .setEventId(EventIds.event(Topics.FACES_DETECTED, jobId + "/" + photo, run, 0, 0))
        .setRun(run)
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setTaskId(EventIds.task(jobId, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setSource(source(photo))
        .setMediaType("image/jpeg")
        .setWidth(10)
        .setHeight(10)
        .setFaces(detected)
        .setDimension(PLANTED.length)
        .setModelId("m")
        .setSpaceId("s")
        .setProcessingMillis(3)
        .build();
  }

  /** A photo with one face for each decision. */
  public MatchResult match(String photo, MatchedFace... faces) {
    return MatchResult.newBuilder()
        .setEventId(EventIds.event(Topics.MATCH_RESULT, jobId + "/" + photo, run, 0, 0))
        .setRun(run)
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setTaskId(EventIds.task(jobId, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setSource(source(photo))
        .setMediaType("image/jpeg")
        .setFaces(List.of(faces))
        .setThreshold(0.5f)
        .setMargin(0.08f)
        .setReviewFrom(0.4f)
        .setComparedFriends(2)
        .setModelId("m")
        .setSpaceId("s")
        .build();
  }

  /** A decision about a face. */
  public static MatchedFace face(MatchDecision decision, @Nullable String friend) {
    return new MatchedFace(
        0, box(), decision, MatchRule.ACCEPTED, friend, 0.7f, null, List.of(), null, null);
  }

  /** A pair that was closed. */
  public DeliveryDone delivery(String photo, String friend, DeliveryState state) {
    return DeliveryDone.newBuilder()
        .setEventId(EventIds.event(Topics.DELIVERY_DONE, jobId + photo + friend, 0, 0, 0))
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setPhotoId(photo)
        .setFriendId(friend)
        .setSeq(0)
        .setState(state)
        .setChannel(Channel.FOLDER)
        .setAttempts(1)
        .setScore(0.7f)
        .build();
  }

  /** Everything was removed. */
  public Cleanup cleaned() {
    return Cleanup.newBuilder()
        .setEventId(EventIds.event(Topics.CLEANUP, jobId + "/DONE", 0, 0, 0))
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setKind(CleanupKind.DONE)
        .setSeq(0)
        .build();
  }

  /** SUBMIT of so many photos, seven days to match them. */
  public JobControl submit(int total) {
    return submit(total, ReleasePolicy.AUTO);
  }

  /** As {@link #submit(int)} with another policy. */
  JobControl submit(int total, ReleasePolicy release) {
    return control(JobCommand.SUBMIT)
        .setSubmit(
            JobSubmit.newBuilder()
                .setName("wedding")
                .setTotal(total)
                .setRelease(release)
                .setLane(Lane.BULK)
                .setDeadline(Instant.now().plusSeconds(7 * 86_400))
                .setManifest(source("manifest"))
                .build())
        .build();
  }

  /** A status of a job that runs. */
  public JobStatus status(int submitted) {
    return JobStatus.newBuilder()
        .setEventId("status")
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setName("wedding")
        .setState(JobState.RUNNING)
        .setRelease(ReleasePolicy.AUTO)
        .setClosed(true)
        .setTotal(submitted)
        .setPhotos(new PhotoCounts(submitted, 0, 0, 0, 0, 0, 0, submitted))
        .setFaces(0)
        .setDeliveries(new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0, 0))
        .setCommands(List.of())
        .setEnds(List.of())
        .build();
  }

  /** CANCEL, RESUME and the like; the key tells two of them apart. */
  public JobControl command(JobCommand command, String key) {
    return control(command)
        .setEventId(EventIds.event(Topics.JOB_CONTROL, jobId + "/" + key, 0, 0, 0))
        .build();
  }

  /** RETRY of photos, codes or signatures. */
  public JobControl retry(String key, PhotoSelection selection) {
    return JobControl.newBuilder(command(JobCommand.RETRY, key)).setSelection(selection).build();
  }

  /** SUBMIT that says nothing. */
  JobControl emptySubmit() {
    return control(JobCommand.SUBMIT).build();
  }

  private JobControl.Builder control(JobCommand command) {
    return JobControl.newBuilder()
        .setEventId(EventIds.event(Topics.JOB_CONTROL, jobId + "/" + command, 0, 0, 0))
        .setOccurredAt(Instant.now())
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setCommand(command);
  }

  private ObjectRef source(String name) {
    return new ObjectRef("facesort", "owners/" + ownerId + "/secret-key-" + name, null, null);
  }

  /** The planted vector as records carry it. */
  public static ByteBuffer vector() {
    var bytes = ByteBuffer.allocate(PLANTED.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (var number : PLANTED) {
      bytes.putFloat(number);
    }
    return bytes.flip();
  }

  private static float[] planted() {
    var numbers = new float[512];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 0.010203f + i * 0.000371f;
    }
    return numbers;
  }

  private static Box box() {
    return new Box(1f, 2f, 3f, 4f);
  }
}
