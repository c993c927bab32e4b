package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchDecision;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.state.job.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class ProjectorIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OWNER = "owner-it";

  private final String jobId = "job-" + UUID.randomUUID();
  private final Records job = Records.of(jobId, OWNER);
  private StackAddresses stack;
  private Path folder;
  private Stage stage;

  @BeforeEach
  void open(StackAddresses addresses, @TempDir Path temporary) throws Exception {
    stack = addresses;
    folder = temporary;
    stage = new Stage(addresses, temporary);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void job_isFollowedToItsEnd_andShown() throws Exception {
    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      writeSubmission();
      writeResults();
      awaitState(JobState.CLEANING);
      stage.write(Topics.CLEANUP, jobId, job.cleaned());
      awaitState(JobState.COMPLETED);

      await().atMost(LIMIT).until(() -> !stage.requests(jobId).isEmpty());
      var kept = stage.requests(jobId).getFirst().getKept();
      assertThat(kept).extracting(object -> object.getPhotoId()).containsExactly("bad", "held");
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            var shown = projector.json("/v1/jobs/" + jobId, OWNER);
            assertThat(shown.at("/state").asString()).isEqualTo("COMPLETED");
            assertThat(shown.at("/photos/submitted").asInt()).isEqualTo(4);
            assertThat(shown.at("/photos/matched").asInt()).isEqualTo(2);
            assertThat(shown.at("/photos/no_face").asInt()).isEqualTo(1);
            assertThat(shown.at("/photos/failed").asInt()).isEqualTo(1);
            assertThat(shown.at("/deliveries/sent").asInt()).isEqualTo(1);
            assertThat(shown.at("/deliveries/held").asInt()).isEqualTo(1);
            assertThat(shown.at("/eta_seconds").asInt()).isZero();
            assertThat(shown.at("/errors/0/code").asString()).isEqualTo("CORRUPT_IMAGE");
            assertThat(shown.at("/errors/0/filename").asString()).isEqualTo("bad.jpg");
          });
      assertPhotosAreShown(projector);
      assertThat(projector.get("/v1/jobs/" + jobId, "stranger").statusCode()).isEqualTo(404);
      assertThat(projector.get("/v1/jobs/" + jobId + "/photos", "stranger").statusCode())
          .isEqualTo(404);
    }
  }

  private void assertPhotosAreShown(Projector projector) throws Exception {
    var page = projector.json("/v1/jobs/" + jobId + "/photos", OWNER);
    assertThat(page.at("/total").asInt()).isEqualTo(4);
    assertThat(page.at("/photos").valueStream().map(photo -> photo.at("/state").asString()))
        .containsExactly("MATCHED", "MATCHED", "NO_FACE", "FAILED");
    var person = page.at("/photos/0/people/0");
    assertThat(person.at("/friend_id").asString()).isEqualTo("ann");
    assertThat(person.at("/decision").asString()).isEqualTo("MATCHED");
    assertThat(person.at("/delivery").asString()).isEqualTo("SENT");
    assertThat(page.at("/photos/1/people/0/delivery").asString()).isEqualTo("HELD");
  }

  @Test
  void processKilledInMidJob_endsTheSame_afterItsRestart() throws Exception {
    var killed = aProcess();
    try {
      writeSubmission();
      awaitState(JobState.QUEUED);
    } finally {
      killed.destroyForcibly().waitFor();
    }
    writeResults();
    stage.write(Topics.CLEANUP, jobId, job.cleaned());

    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      awaitState(JobState.COMPLETED);

      await().atMost(LIMIT).until(() -> !stage.requests(jobId).isEmpty());
      assertThat(stage.requests(jobId)).hasSize(1);
      assertThat(last().getPhotos().getSubmitted()).isEqualTo(4);
      assertThat(stage.statuses(jobId)).extracting(JobStatus::getEventId).doesNotHaveDuplicates();
      await()
          .atMost(LIMIT)
          .until(() ->
              projector
                  .json("/v1/jobs/" + jobId, OWNER)
                  .at("/state")
                  .asString("none")
                  .equals("COMPLETED"));
    }
  }

  @Test
  void jobsGoOn_andQueriesSayTryLater_whileTheDatabaseIsAway() throws Exception {
    var arguments = new ArrayList<>(List.of(Stage.arguments(stack, folder)));
    arguments.removeIf(argument -> argument.startsWith("--facesort.postgres.url"));
    arguments.add("--facesort.postgres.url=r2dbc:postgresql://127.0.0.1:1/nowhere");

    try (var projector = Projector.start(arguments.toArray(String[]::new))) {
      writeSubmission();
      writeResults();
      awaitState(JobState.CLEANING);

      var answer = projector.get("/v1/jobs/" + jobId + "/photos", OWNER);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(projector.get("/actuator/health/readiness", OWNER).statusCode()).isEqualTo(503);
      assertThat(projector.get("/actuator/health/liveness", OWNER).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void olderInstanceOfASlot_endsWithItsOwnCode_whenANewerOneStarts() throws Exception {
    var older = aProcess();
    try {
      writeSubmission();
      awaitState(JobState.QUEUED);

      try (var newer = Projector.start(withOwnStateDir())) {
        assertThat(older.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(older.exitValue()).isEqualTo(75);
        writeResults();
        awaitState(JobState.CLEANING);
        assertThat(newer.get("/actuator/health/liveness", OWNER).statusCode()).isEqualTo(200);
      }
    } finally {
      older.destroyForcibly().waitFor();
    }
  }

  private String[] withOwnStateDir() {
    var arguments = new ArrayList<>(List.of(Stage.arguments(stack, folder)));
    arguments.removeIf(argument -> argument.startsWith("--facesort.projector.state-dir"));
    arguments.add("--facesort.projector.state-dir=" + folder.resolve("other-state"));
    return arguments.toArray(String[]::new);
  }

  private Process aProcess() throws Exception {
    return Projector.process(folder.resolve("killed.log"), List.of(Stage.arguments(stack, folder)));
  }

  private void writeSubmission() throws Exception {
    stage
        .write(Topics.JOB_CONTROL, jobId, job.submit(4))
        .write(Topics.TASK_QUEUED, "t0", job.task("sent", 0, null))
        .write(Topics.TASK_QUEUED, "t1", job.task("held", 1, null))
        .write(Topics.TASK_QUEUED_INTERACTIVE, "t2", job.task("empty", 2, null))
        .write(Topics.TASK_QUEUED, "t3", job.task("bad", 3, null));
  }

  private void writeResults() throws Exception {
    stage
        .write(Topics.FACES_DETECTED, "t0", job.faces("sent", 2))
        .write(
            Topics.MATCH_RESULT,
            "t0",
            job.match("sent", Records.face(MatchDecision.MATCHED, "ann")))
        .write(
            Topics.MATCH_RESULT, "t1", job.match("held", Records.face(MatchDecision.REVIEW, "bob")))
        .write(Topics.MATCH_RESULT, "t2", job.match("empty"))
        .write(deadLetter("bad", FailureCode.CORRUPT_IMAGE))
        .write(Topics.DELIVERY_DONE, jobId, job.delivery("sent", "ann", DeliveryState.SENT));
  }

  private ProducerRecord<byte[], byte[]> deadLetter(String photo, FailureCode code) {
    var record =
        new ProducerRecord<>(Topics.TASK_QUEUED.deadLetters(), bytes("t3"), bytes("not Avro"));
    record.headers().add(DeadLetters.JOB, bytes(jobId));
    record.headers().add(DeadLetters.PHOTO, bytes(photo));
    record.headers().add(DeadLetters.CODE, bytes(code.name()));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void awaitState(JobState state) {
    await()
        .atMost(LIMIT)
        .until(() -> stage.statuses(jobId).stream().anyMatch(s -> s.getState() == state));
  }

  private JobStatus last() {
    return stage.statuses(jobId).getLast();
  }
}
