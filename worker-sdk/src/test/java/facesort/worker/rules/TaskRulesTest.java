package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.schemas.FailureCode.INVALID_OUTPUT;
import static facesort.schemas.FailureCode.OWNER_MISMATCH;
import static facesort.schemas.FailureCode.SOURCE_FORBIDDEN;
import static facesort.schemas.FailureCode.TOO_MANY_BYTES;
import static facesort.schemas.FailureCode.TOO_MANY_FACES;
import static facesort.worker.rules.TaskRulesEvents.PROFILE_KEY;
import static facesort.worker.rules.TaskRulesEvents.TASK_ID;
import static facesort.worker.rules.TaskRulesEvents.aFace;
import static facesort.worker.rules.TaskRulesEvents.aProfile;
import static facesort.worker.rules.TaskRulesEvents.aTask;
import static facesort.worker.rules.TaskRulesEvents.command;
import static facesort.worker.rules.TaskRulesEvents.embedding;
import static facesort.worker.rules.TaskRulesEvents.face;
import static facesort.worker.rules.TaskRulesEvents.faces;
import static facesort.worker.rules.TaskRulesEvents.profile;
import static facesort.worker.rules.TaskRulesEvents.source;
import static facesort.worker.rules.TaskRulesEvents.task;
import static facesort.worker.rules.TaskRulesEvents.told;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.Box;
import facesort.schemas.Causation;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.schemas.PartitionOffset;
import facesort.schemas.TaskKind;
import facesort.worker.rules.TaskRules.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskRulesTest {
  private static final String FOREIGN = "owners/ben/jobs/job/photos/photo";

  /** An event that breaks one rule, and what is to be said about it. */
  record Broken(FailureCode code, String message, SpecificRecord event, String key) {
    @Override
    public String toString() {
      return event.getSchema().getName() + ": " + message;
    }
  }

  static Stream<Broken> broken() {
    return Stream.of(common(), tasks(), photosOfFaces(), faceByFace(), profiles())
        .flatMap(List::stream);
  }

  private static List<Broken> common() {
    return List.of(
        bad("event_id is blank", command(e -> e.setEventId(" "))),
        bad(
            "occurred_at lies before 1970",
            command(e -> e.setOccurredAt(Instant.EPOCH.minusMillis(1)))),
        bad("owner_id is no id of [A-Za-z0-9_-]{1,64}", command(e -> e.setOwnerId("../ben"))),
        bad("job_id is no id of [A-Za-z0-9_-]{1,64}", command(e -> e.setJobId(""))),
        bad("photo_id is no id of [A-Za-z0-9_-]{1,64}", task(e -> e.setPhotoId("a/b"))),
        bad("run is not 0 to 1000000", task(e -> e.setRun(-1))),
        bad("run is not 0 to 1000000", faces(e -> e.setRun(1_000_001))),
        bad(
            "causation names no place in a topic",
            command(e -> e.setCausation(new Causation("job.control", 0, -1L)))));
  }

  private static List<Broken> tasks() {
    return List.of(
        bad(
            "kind is not FACES, the only one this version knows",
            task(e -> e.setKind(TaskKind.UNKNOWN))),
        bad(
            "task_id is not the one made from job_id, photo_id and kind",
            task(e -> e.setPhotoId("another"))),
        new Broken(INVALID_EVENT, "the record's key is not the task's task_id", aTask(), "another"),
        new Broken(
            SOURCE_FORBIDDEN,
            "source names no bucket",
            task(e -> e.setSource(new ObjectRef("", "owners/anna/x", null, null))),
            TASK_ID),
        new Broken(
            SOURCE_FORBIDDEN,
            "source has a key with empty or upward steps or characters that no key has",
            task(e -> e.setSource(source("owners/anna/../ben/photo"))),
            TASK_ID),
        new Broken(
            SOURCE_FORBIDDEN,
            "source is not in the owner's part",
            task(e -> e.setSource(source(FOREIGN))),
            TASK_ID),
        bad("source has a blank etag", task(e -> e.setSource(told("", 1)))),
        bad("source has a negative length", task(e -> e.setSource(told("etag", -1)))),
        new Broken(
            TOO_MANY_BYTES,
            "source has more than 50 MB",
            task(e -> e.setSource(told("etag", 50L * 1024 * 1024 + 1))),
            TASK_ID),
        bad("sha256 is not 64 lower-case hex digits", task(e -> e.setSha256("A".repeat(64)))),
        bad("position is not 0 to 999999", task(e -> e.setPosition(1_000_000))),
        bad("position is not 0 to 999999", task(e -> e.setPosition(-1))),
        bad("job_total is not 1 to 1000000", task(e -> e.setJobTotal(0))),
        bad("filename has more than 255 characters", task(e -> e.setFilename("x".repeat(256)))),
        bad("filename has control characters", task(e -> e.setFilename("a\nb.jpg"))),
        bad(
            "profiles_upto has a negative partition or offset",
            task(e -> e.setProfilesUpto(List.of(new PartitionOffset(0, -1L))))),
        bad(
            "profiles_upto names a partition twice",
            task(e ->
                e.setProfilesUpto(
                    List.of(new PartitionOffset(0, 1L), new PartitionOffset(0, 2L))))),
        bad("duplicate_of is no photo id", task(e -> e.setDuplicateOf("a b"))));
  }

  private static List<Broken> photosOfFaces() {
    return List.of(
        bad(
            "task_id is not the one made from job_id and photo_id",
            faces(e -> e.setTaskId("another"))),
        new Broken(INVALID_EVENT, "the record's key is not the faces' task_id", faces(_ -> {}), ""),
        new Broken(
            SOURCE_FORBIDDEN,
            "source is not in the owner's part",
            faces(e -> e.setSource(source(FOREIGN))),
            TASK_ID),
        bad("position of the photo is not 0 to 999999", faces(e -> e.setPosition(-1))),
        bad(
            "filename of the photo has more than 255 characters",
            faces(e -> e.setFilename("x".repeat(256)))),
        bad("filename of the photo has control characters", faces(e -> e.setFilename("\u007f"))),
        bad(
            "profiles_upto of the task has a negative partition or offset",
            faces(e -> e.setProfilesUpto(List.of(new PartitionOffset(-1, 0L))))),
        bad(
            "profiles_upto of the task names a partition twice",
            faces(e ->
                e.setProfilesUpto(
                    List.of(new PartitionOffset(3, 1L), new PartitionOffset(3, 1L))))),
        bad("media_type is blank", faces(e -> e.setMediaType(""))),
        bad("width or height is not positive", faces(e -> e.setHeight(0))),
        bad("orientation is not 1 to 8", faces(e -> e.setOrientation(9))),
        bad("processing_millis is negative", faces(e -> e.setProcessingMillis(-1))),
        bad("model_id is blank", faces(e -> e.setModelId(""))),
        bad("space_id is blank", faces(e -> e.setSpaceId(" "))),
        bad("dimension is not 1 to 4096", faces(e -> e.setDimension(4097))),
        new Broken(
            TOO_MANY_FACES,
            "the photo has more than 1000 faces",
            faces(e -> e.setFaces(Collections.nCopies(1001, aFace()))),
            TASK_ID));
  }

  private static List<Broken> faceByFace() {
    return List.of(
        bad("faces are not numbered from 0", face(e -> e.setIndex(1))),
        wrongNumber(
            "a face has a box with numbers that are not finite",
            face(e -> e.setBox(new Box(0f, 0f, Float.NaN, 1f)))),
        wrongNumber("a face has a score that is not 0 to 1", face(e -> e.setScore(1.1f))),
        wrongNumber("a face has a score that is not 0 to 1", face(e -> e.setScore(Float.NaN))),
        bad(
            "a face has landmarks that are neither none nor ten numbers",
            face(e -> e.setLandmarks(List.of(1f, 2f)))),
        wrongNumber(
            "a face has landmarks that are not finite",
            face(e -> e.setLandmarks(Collections.nCopies(10, Float.POSITIVE_INFINITY)))),
        bad("a face has no embedding and does not say why", face(e -> e.setEmbedding(null))),
        bad(
            "a face has an embedding of another length than dimension",
            face(e -> e.setEmbedding(embedding(1f)))),
        wrongNumber(
            "a face has an embedding with numbers that are not finite",
            face(e -> e.setEmbedding(embedding(1f, Float.NaN)))),
        wrongNumber(
            "a face has an embedding with numbers that are not finite",
            face(e -> e.setEmbedding(embedding(Float.NEGATIVE_INFINITY, 0f)))));
  }

  private static List<Broken> profiles() {
    return List.of(
        badProfile(
            "friend_id is no id of [A-Za-z0-9_-]{1,64}",
            profile(e -> e.setFriendId("a/b")),
            "anna/a/b"),
        new Broken(
            OWNER_MISMATCH,
            "the record's key names another owner than the profile",
            aProfile(),
            "ben/rita"),
        badProfile(
            "the record's key names another friend than the profile", aProfile(), "anna/sam"),
        badProfile("version is negative", profile(e -> e.setVersion(-1L)), PROFILE_KEY));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void check_tellsWhichRuleIsBroken(Broken broken) {
    assertThat(TaskRules.check(broken.event(), broken.key()))
        .contains(new Problem(broken.code(), broken.message()));
  }

  @Test
  void everyRule_hasItsOwnMessageWithinItsType_andAnEventThatBreaksIt() {
    List<String> tasks = messages(CommonRules.RULES, TaskQueuedRules.RULES);
    List<String> faces = messages(CommonRules.RULES, FacesDetectedRules.RULES);
    List<String> profiles = messages(CommonRules.RULES, FriendProfileRules.RULES);

    assertThat(tasks).doesNotHaveDuplicates();
    assertThat(faces).doesNotHaveDuplicates();
    assertThat(profiles).doesNotHaveDuplicates();
    assertThat(broken().map(Broken::message).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(tasks, faces, profiles).flatMap(List::stream).distinct().toList())
        .hasSizeGreaterThanOrEqualTo(25);
  }

  @ParameterizedTest
  @MethodSource("facesort.worker.rules.TaskRulesEvents#written")
  void check_takesWhatTheProductWrites(SpecificRecord event, String key) {
    assertThat(TaskRules.check(event, key)).isEmpty();
  }

  @Test
  void check_needsNoKeyWhereNothingIsSaidAboutIt() {
    assertThat(TaskRules.check(command(_ -> {}), null)).isEmpty();
    assertThat(TaskRules.check(aTask(), null))
        .contains(new Problem(INVALID_EVENT, "the record's key is not the task's task_id"));
  }

  @Test
  void check_refusesForeignOrOddKeysHoweverTheyAreWritten() {
    for (String key :
        List.of(
            "",
            "owners/anna",
            "owners/anna/",
            "owners/anna//x",
            "owners/anna/./x",
            "owners/anna/%2e%2e/ben/x",
            "owners/anna/..\\ben\\x",
            "/owners/anna/x",
            "owners/annabel/x",
            "owners/anna/\u0000x",
            "owners/anna/" + "x".repeat(1024))) {
      assertThat(
              TaskRules.check(task(e -> e.setSource(new ObjectRef("b", key, null, null))), TASK_ID))
          .as(key)
          .map(Problem::code)
          .contains(SOURCE_FORBIDDEN);
    }
  }

  private static Broken bad(String message, SpecificRecord event) {
    return new Broken(INVALID_EVENT, message, event, TASK_ID);
  }

  private static Broken wrongNumber(String message, SpecificRecord event) {
    return new Broken(INVALID_OUTPUT, message, event, TASK_ID);
  }

  private static Broken badProfile(String message, SpecificRecord event, String key) {
    return new Broken(INVALID_EVENT, message, event, key);
  }

  private static List<String> messages(
      List<EventRule<SpecificRecord>> common, List<? extends EventRule<?>> own) {
    return Stream.concat(common.stream(), own.stream()).map(EventRule::message).toList();
  }
}
