package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.KeepReason;
import facesort.schemas.MatchDecision;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.TaskKind;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTopologyTest {

  private final Records job = Records.of("job", "owner");
  private Driven topology;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    topology = new Driven(stateDir);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void statuses_areWrittenAtOnce_whenTheStateChanges() {
    deliverOnePhoto();
    topology.write(Topics.CLEANUP, job.cleaned());

    assertThat(topology.statuses())
        .extracting(JobStatus::getState)
        .containsExactly(
            JobState.QUEUED,
            JobState.RUNNING,
            JobState.MATCHED,
            JobState.DELIVERING,
            JobState.CLEANING,
            JobState.COMPLETED);
  }

  @Test
  void status_countsPhotosAndPairs() {
    deliverOnePhoto();

    var last = topology.statuses().getLast();
    assertThat(last.getPhotos().getSubmitted()).isEqualTo(1);
    assertThat(last.getPhotos().getMatched()).isEqualTo(1);
    assertThat(last.getDeliveries().getSent()).isEqualTo(1);
    assertThat(last.getDeliveries().getHeld()).isEqualTo(1);
    assertThat(last.getFaces()).isEqualTo(2);
    assertThat(last.getMatchUpto())
        .singleElement()
        .satisfies(upto -> assertThat(upto.getOffset()).isEqualTo(1));
  }

  @Test
  void jobClosedByItsTasks_isMatchedWithReleaseAuto_andUnknownWhileOpen() {
    topology
        .write(Topics.TASK_QUEUED, job.taskOf("a", 0, 2))
        .write(Topics.MATCH_RESULT, job.match("a", Records.face(MatchDecision.MATCHED, "ann")))
        .write(Topics.TASK_QUEUED, job.taskOf("b", 1, 2))
        .write(Topics.MATCH_RESULT, job.match("b"));

    assertThat(topology.statuses())
        .extracting(status -> status.getState() + " " + status.getRelease())
        .containsExactly("QUEUED UNKNOWN", "RUNNING UNKNOWN", "MATCHED AUTO");
  }

  @Test
  void jobThatIsSubmittedWhileOpen_isMatchedWithItsOwnRelease() {
    topology
        .write(Topics.TASK_QUEUED, job.taskOf("a", 0, 2))
        .write(Topics.JOB_CONTROL, job.submit(2, ReleasePolicy.REVIEW))
        .write(Topics.TASK_QUEUED, job.taskOf("b", 1, 2))
        .write(Topics.MATCH_RESULT, job.match("a", Records.face(MatchDecision.MATCHED, "ann")))
        .write(Topics.MATCH_RESULT, job.match("b"));

    assertThat(topology.statuses().getLast())
        .satisfies(status -> assertThat(status.getState()).isEqualTo(JobState.MATCHED))
        .satisfies(status -> assertThat(status.getRelease()).isEqualTo(ReleasePolicy.REVIEW));
  }

  @Test
  void cleanup_namesTheOriginalsThatStay() {
    topology
        .write(Topics.JOB_CONTROL, job.submit(3))
        .write(Topics.TASK_QUEUED, job.task("bad", 0, FailureCode.UNSUPPORTED_TYPE))
        .write(Topics.TASK_QUEUED, job.task("held", 1, null))
        .write(Topics.TASK_QUEUED, job.task("gone", 2, null))
        .write(Topics.MATCH_RESULT, job.match("held", Records.face(MatchDecision.REVIEW, "bob")))
        .write(Topics.MATCH_RESULT, job.match("gone"));

    var request = topology.cleanups().getFirst();

    assertThat(request.getKept())
        .extracting(kept -> kept.getPhotoId() + " " + kept.getReason())
        .containsExactly("bad " + KeepReason.FAILED_PHOTO, "held " + KeepReason.HELD_DELIVERY);
  }

  @Test
  void statusWithoutChangeOfState_isWrittenAfterASecond() {
    topology
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(Topics.TASK_QUEUED, job.task("b", 1, null));
    var atOnce = topology.statuses();

    topology.passes(Duration.ofSeconds(2));

    assertThat(atOnce).extracting(status -> status.getPhotos().getSubmitted()).containsExactly(1);
    assertThat(topology.statuses())
        .extracting(status -> status.getPhotos().getSubmitted())
        .containsExactly(2);
  }

  @Test
  void status_isNotRepeated_whenNothingChanges() {
    topology.write(Topics.TASK_QUEUED, job.task("a", 0, null));
    topology.passes(Duration.ofSeconds(2));
    var before = topology.statuses();

    topology.write(Topics.TASK_QUEUED, job.task("a", 0, null));
    topology.passes(Duration.ofSeconds(60));

    assertThat(before).hasSize(1);
    assertThat(topology.statuses()).isEmpty();
  }

  @Test
  void job_fails_whenItsDeadlinePasses() {
    topology
        .write(Topics.JOB_CONTROL, job.submit(1))
        .write(Topics.TASK_QUEUED, job.task("a", 0, null));

    topology.passes(Duration.ofDays(8));

    assertThat(topology.statuses().getLast().getState()).isEqualTo(JobState.FAILED);
    topology.passes(Retention.USUAL.cleanupGrace());
    assertThat(topology.cleanups()).hasSize(1);
  }

  @Test
  void undecodableRecord_becomesADeadLetterWithItsBytes_andItsNeighboursGoOn() {
    var bytes = new byte[] {1, 2, 3};

    topology
        .write("match.result", bytes, new RecordHeaders())
        .write(Topics.TASK_QUEUED, job.task("a", 0, null));

    var dead = topology.read("match.result-dlt").getFirst();
    assertThat(dead.value()).isEqualTo(bytes);
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.UNDECODABLE);
    assertThat(topology.statuses()).hasSize(1);
  }

  @Test
  void recordWhosePhotoIsNoId_becomesADeadLetterThatNamesItsJob() {
    topology.write(Topics.TASK_QUEUED, job.task("../a", 0, null));

    var dead = topology.read("task.queued-dlt").getFirst();
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.INVALID_EVENT);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.JOB)).isEqualTo("job");
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.TASK))
        .isEqualTo(EventIds.task("job", "../a", TaskKind.FACES));
    assertThat(topology.statuses()).isEmpty();
  }

  @Test
  void deadLetterThatNamesNoJob_saysNothing() {
    topology.write("match.result-dlt", new byte[] {1}, new RecordHeaders());

    assertThat(topology.everythingWritten()).isEmpty();
  }

  @Test
  void deadLetterOfDetection_failsThePhoto_byItsHeadersAlone() {
    topology
        .write(Topics.JOB_CONTROL, job.submit(1))
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(
            "task.queued-dlt",
            new byte[] {9},
            new RecordHeaders()
                .add(DeadLetters.JOB, text("job"))
                .add(DeadLetters.PHOTO, text("a"))
                .add(DeadLetters.CODE, text("CORRUPT_IMAGE")));

    var last = topology.statuses().getLast();
    assertThat(last.getState()).isEqualTo(JobState.FAILED);
    assertThat(last.getPhotos().getFailed()).isEqualTo(1);
  }

  @Test
  void deadLetterOfOurOwnTrouble_failsNoPhoto() {
    topology
        .write(Topics.JOB_CONTROL, job.submit(1))
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(
            "task.queued-dlt",
            new byte[] {9},
            new RecordHeaders()
                .add(DeadLetters.JOB, text("job"))
                .add(DeadLetters.PHOTO, text("a"))
                .add(DeadLetters.SERVICE, text(JobStreams.NAME))
                .add(DeadLetters.CODE, text("INTERNAL")));
    topology.passes(Duration.ofSeconds(5));

    assertThat(topology.statuses().getLast().getPhotos().getFailed()).isZero();
  }

  @Test
  void submitThatSaysNothing_failsTheJob_throughItsDeadLetter() {
    topology.write(Topics.JOB_CONTROL, job.emptySubmit());

    topology.hand("job.control-dlt");

    assertThat(topology.statuses().getLast().getState()).isEqualTo(JobState.FAILED);
  }

  @Test
  void lateTask_becomesADeadLetterWithItsBytes_andChangesNothing() {
    topology
        .write(Topics.JOB_CONTROL, job.submit(1))
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(Topics.TASK_QUEUED, job.task("late", 1, null));

    var dead = topology.read("task.queued-dlt").getFirst();
    topology.write("task.queued-dlt", dead.value(), dead.headers());
    topology.passes(Duration.ofSeconds(5));

    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.JOB_CLOSED);
    assertThat(new String(dead.value(), StandardCharsets.ISO_8859_1)).contains("late.jpg");
    assertThat(dead.key()).isEqualTo(Driven.KEY);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.TASK))
        .isEqualTo(EventIds.task("job", "late", TaskKind.FACES));
    assertThat(TextHeaders.text(dead.headers(), DeadLetters.REPLAYS)).isEqualTo("0");
    assertThat(topology.statuses().getLast().getPhotos().getFailed()).isZero();
  }

  @Test
  void resultOfAnotherOwner_becomesADeadLetterThatNamesItsTask_andSaysHowOftenItWasReplayed() {
    topology
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(
            Topics.MATCH_RESULT,
            Records.of("job", "thief").match("a"),
            new RecordHeaders().add(DeadLetters.REPLAYS, text("2")));

    var dead = topology.read("match.result-dlt").getFirst();
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.OWNER_MISMATCH);
    assertThat(dead.key()).isEqualTo(Driven.KEY);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.TASK))
        .isEqualTo(EventIds.task("job", "a", TaskKind.FACES));
    assertThat(TextHeaders.text(dead.headers(), DeadLetters.REPLAYS)).isEqualTo("2");
  }

  @Test
  void plantedVector_isFoundNowhereBehindTheFirstProcessor() {
    deliverOnePhoto();
    var vector = new byte[Records.vector().remaining()];
    Records.vector().get(vector);

    var written = topology.everythingWritten();

    assertThat(written)
        .extracting(java.util.Map.Entry::getKey)
        .anyMatch(topic -> topic.endsWith("-repartition"))
        .anyMatch(topic -> topic.endsWith("photos-changelog"))
        .anyMatch(topic -> topic.endsWith("jobs-changelog"));
    for (var entry : written) {
      var text = new String(entry.getValue(), StandardCharsets.ISO_8859_1);
      assertThat(text).as(entry.getKey()).doesNotContain(tracesOf(vector));
    }
  }

  /** The vector in every form in which it could be hidden: bytes, Base64, hexadecimal, text. */
  private static List<String> tracesOf(byte[] vector) {
    var some = java.util.Arrays.copyOfRange(vector, 0, 12);
    return List.of(
        new String(some, StandardCharsets.ISO_8859_1),
        Base64.getEncoder().encodeToString(some),
        HexFormat.of().formatHex(some),
        String.valueOf(Records.PLANTED[1]));
  }

  private void deliverOnePhoto() {
    topology
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(Topics.FACES_DETECTED, job.faces("a", 2))
        .write(
            Topics.MATCH_RESULT,
            job.match(
                "a",
                Records.face(MatchDecision.MATCHED, "ann"),
                Records.face(MatchDecision.REVIEW, "bob")))
        .write(Topics.JOB_CONTROL, job.submit(1))
        .write(Topics.DELIVERY_DONE, job.delivery("a", "ann", DeliveryState.SENT));
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
