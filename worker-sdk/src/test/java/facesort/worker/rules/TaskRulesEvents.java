package facesort.worker.rules;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import facesort.schemas.Box;
import facesort.schemas.Consent;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.PartitionOffset;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.service.ObjectKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Events as the product writes them, to be spoilt one field at a time. */
final class TaskRulesEvents {
  static final String TASK_ID = EventIds.task("job", "photo", TaskKind.FACES);
  static final String PROFILE_KEY = EventIds.friendKey("anna", "rita");

  private TaskRulesEvents() {}

  /** What ingest, detect and their tests write today, with its key. */
  static Stream<Arguments> written() {
    return Stream.of(
        arguments(aTask(), TASK_ID),
        arguments(task(e -> e.setSource(fullSource())), TASK_ID),
        arguments(task(e -> e.setSha256("0a".repeat(32))), TASK_ID),
        arguments(task(e -> e.setJobTotal(100_000)), TASK_ID),
        arguments(task(e -> e.setFilename("Fête à la mer – 1.jpg")), TASK_ID),
        arguments(task(e -> e.setProfilesUpto(List.of(new PartitionOffset(0, 0L)))), TASK_ID),
        arguments(settled(FailureCode.SOURCE_FORBIDDEN, "owners/ben/../x", null), TASK_ID),
        arguments(settled(FailureCode.TOO_MANY_BYTES, "owners/anna/x", Long.MAX_VALUE), TASK_ID),
        arguments(settled(FailureCode.EMPTY_FILE, "owners/anna/x", 0L), TASK_ID),
        arguments(settled(FailureCode.DUPLICATE, "owners/anna/x", 5L), TASK_ID),
        arguments(faces(_ -> {}), TASK_ID),
        arguments(faces(e -> e.setFaces(List.of())), TASK_ID),
        arguments(skippedFace(), TASK_ID),
        arguments(aProfile(), PROFILE_KEY),
        arguments(profile(e -> e.setReferences(List.of())), PROFILE_KEY),
        arguments(profile(e -> e.setConsent(new Consent(false, Instant.EPOCH, "v1"))), PROFILE_KEY),
        arguments(
            profile(e -> {
              e.setErased(true);
              e.setName("");
            }),
            PROFILE_KEY),
        arguments(
            profile(e -> e.setReferences(Collections.nCopies(32, source("owners/ben/x")))),
            PROFILE_KEY),
        arguments(command(_ -> {}), "job"));
  }

  static TaskQueued aTask() {
    return task(_ -> {});
  }

  static TaskQueued task(Consumer<TaskQueued.Builder> change) {
    TaskQueued.Builder task =
        TaskQueued.newBuilder()
            .setEventId("event")
            .setOccurredAt(Instant.EPOCH)
            .setJobId("job")
            .setOwnerId("anna")
            .setTaskId(TASK_ID)
            .setPhotoId("photo")
            .setKind(TaskKind.FACES)
            .setLane(Lane.BULK)
            .setSource(source(ObjectKeys.photo("anna", "job", "photo")))
            .setPosition(0);
    change.accept(task);
    return task.build();
  }

  static FacesDetected faces(Consumer<FacesDetected.Builder> change) {
    FacesDetected.Builder faces =
        FacesDetected.newBuilder()
            .setEventId("event")
            .setOccurredAt(Instant.EPOCH)
            .setJobId("job")
            .setOwnerId("anna")
            .setTaskId(TASK_ID)
            .setPhotoId("photo")
            .setSource(fullSource())
            .setMediaType("image/jpeg")
            .setWidth(10)
            .setHeight(10)
            .setFaces(List.of(aFace()))
            .setDimension(2)
            .setModelId("model")
            .setSpaceId("space")
            .setProcessingMillis(0);
    change.accept(faces);
    return faces.build();
  }

  static FacesDetected face(Consumer<DetectedFace.Builder> change) {
    DetectedFace.Builder face = faceBuilder();
    change.accept(face);
    return faces(e -> e.setFaces(List.of(face.build())));
  }

  static DetectedFace aFace() {
    return faceBuilder().build();
  }

  private static DetectedFace.Builder faceBuilder() {
    return DetectedFace.newBuilder()
        .setIndex(0)
        .setBox(new Box(-1f, 0f, 9f, 9f))
        .setScore(1f)
        .setLandmarks(Collections.nCopies(10, 1f))
        .setEmbedding(embedding(1f, 0f));
  }

  static FriendProfile aProfile() {
    return profile(_ -> {});
  }

  static FriendProfile profile(Consumer<FriendProfile.Builder> change) {
    FriendProfile.Builder profile =
        FriendProfile.newBuilder()
            .setEventId("event")
            .setOccurredAt(Instant.EPOCH)
            .setOwnerId("anna")
            .setFriendId("rita")
            .setVersion(0)
            .setName("Rita")
            .setConsent(new Consent(true, Instant.EPOCH, "v1"))
            .setReferences(List.of(source("owners/anna/friends/rita/references/x")));
    change.accept(profile);
    return profile.build();
  }

  static JobControl command(Consumer<JobControl.Builder> change) {
    JobControl.Builder command =
        JobControl.newBuilder()
            .setEventId("event")
            .setOccurredAt(Instant.EPOCH)
            .setJobId("job")
            .setOwnerId("anna")
            .setCommand(JobCommand.CANCEL);
    change.accept(command);
    return command.build();
  }

  static ObjectRef source(String key) {
    return new ObjectRef("bucket", key, null, null);
  }

  static ByteBuffer embedding(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
    return bytes;
  }

  /** A photo in the owner's part that is said to have this etag and length. */
  static ObjectRef told(String etag, long length) {
    return new ObjectRef("bucket", "owners/anna/x", etag, length);
  }

  private static ObjectRef fullSource() {
    return new ObjectRef("bucket", "owners/anna/album 1/Fête+(2).jpg", "etag-2", 52_428_800L);
  }

  private static TaskQueued settled(FailureCode code, String key, @Nullable Long length) {
    return task(e -> {
      e.setSettled(code);
      e.setSource(new ObjectRef("bucket", key, null, length));
    });
  }

  private static FacesDetected skippedFace() {
    return face(e -> {
      e.setLandmarks(List.of());
      e.setEmbedding(null);
      e.setSkipped(FailureCode.TOO_MANY_FACES);
    });
  }
}
