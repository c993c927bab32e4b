package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchDecision;
import facesort.schemas.Topics;
import facesort.service.KafkaClients;
import facesort.state.job.Records;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a job on the real stack: what a kill leaves, and what is stored. */
@ExtendWith(LocalStackExtension.class)
class RunsIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PHOTOS = 2_500;

  private final String jobId = "job-" + UUID.randomUUID();
  private final Records job = Records.of(jobId, "owner-it");
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
  void killedInTheMiddleOfAResume_andItsDiskLost_queuesEachPhotoAgainOnce() throws Exception {
    var killed = Projector.process(folder.resolve("killed.log"), arguments("state"));
    try {
      writeJob();
      command(JobCommand.CANCEL);
      awaitState(JobState.CANCELLED);
      command(JobCommand.RESUME);
      await().atMost(LIMIT).until(() -> killed.isAlive() && lastRun() == 1);
    } finally {
      killed.destroyForcibly().waitFor();
    }
    try (var _ = Projector.start(arguments("empty-state").toArray(String[]::new))) {
      await().atMost(LIMIT).until(() -> stage.queuedAgain(jobId).size() >= PHOTOS / 2);
      for (int i = 1; i < PHOTOS; i += 2) {
        stage.send(Topics.MATCH_RESULT, "t" + i, job.in(1).match("p" + i));
      }
      stage.sent();
      awaitState(JobState.CLEANING);

      assertThat(stage.queuedAgain(jobId)).hasSize(PHOTOS / 2).doesNotHaveDuplicates();
      assertThat(last().getPhotos().getSubmitted()).isEqualTo(PHOTOS);
      assertThat(last().getPhotos().getNoFace()).isEqualTo(PHOTOS);
      assertThat(stage.statuses(jobId)).extracting(JobStatus::getEventId).doesNotHaveDuplicates();
    }
  }

  @Test
  void plantedVector_isInNoInnerTopicAndNoFileOfTheStores() throws Exception {
    try (var _ = Projector.start(arguments("state").toArray(String[]::new))) {
      stage
          .write(Topics.JOB_CONTROL, jobId, job.submit(1))
          .write(Topics.TASK_QUEUED, "t0", job.task("p0", 0, null))
          .write(Topics.FACES_DETECTED, "t0", job.faces("p0", 2))
          .write(
              Topics.MATCH_RESULT,
              "t0",
              job.match("p0", Records.face(MatchDecision.REVIEW, "ann")));
      awaitState(JobState.CLEANING);

      assertThat(innerRecords()).isPositive();
    }
    assertThat(filesBelow(folder.resolve("state"))).isPositive();
  }

  /** How many values of inner topics were searched. */
  private int innerRecords() throws Exception {
    var clients = new KafkaClients(stack.bootstrapServers());
    var searched = 0;
    try (var admin = clients.admin();
        var consumer = KafkaClients.newConsumer(clients.consumer("runs-it"))) {
      var partitions = new ArrayList<TopicPartition>();
      var names =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith("state-projector-"))
              .toList();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .forEach((name, topic) ->
              topic
                  .partitions()
                  .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (record.value() != null) {
            assertNoTraceIn(record.value(), record.topic());
            searched++;
          }
        }
      }
    }
    return searched;
  }

  private static int filesBelow(Path state) throws IOException {
    try (var paths = Files.walk(state)) {
      var files = paths.filter(Files::isRegularFile).toList();
      for (var file : files) {
        assertNoTraceIn(Files.readAllBytes(file), file.getFileName().toString());
      }
      return files.size();
    }
  }

  /** The vector as bytes, Base64, hexadecimal or text. */
  private static void assertNoTraceIn(byte[] content, String where) {
    var vector = new byte[Records.vector().remaining()];
    Records.vector().get(vector);
    var some = Arrays.copyOfRange(vector, 0, 12);
    assertThat(
            new String(content, StandardCharsets.ISO_8859_1)
                .contains(new String(some, StandardCharsets.ISO_8859_1)))
        .as(where)
        .isFalse();
    var text = new String(content, StandardCharsets.ISO_8859_1);
    for (var trace :
        List.of(
            Base64.getEncoder().encodeToString(some),
            HexFormat.of().formatHex(some),
            String.valueOf(Records.PLANTED[1]))) {
      assertThat(text.contains(trace)).as(where).isFalse();
    }
  }

  /** Every other photo is finished; a RESUME takes more than one part. */
  private void writeJob() throws Exception {
    stage.write(Topics.JOB_CONTROL, jobId, job.submit(PHOTOS));
    for (int i = 0; i < PHOTOS; i++) {
      stage.send(Topics.TASK_QUEUED, "t" + i, job.task("p" + i, i, null));
      if (i % 2 == 0) {
        stage.send(Topics.MATCH_RESULT, "t" + i, job.match("p" + i));
      }
    }
    stage.sent();
    await()
        .atMost(LIMIT)
        .until(() ->
            !stage.statuses(jobId).isEmpty()
                && last().getPhotos().getSubmitted() == PHOTOS
                && last().getPhotos().getNoFace() == PHOTOS / 2);
  }

  private void command(JobCommand command) throws Exception {
    stage.write(Topics.JOB_CONTROL, jobId, job.command(command, command.name()));
  }

  private List<String> arguments(String stateDir) {
    var arguments = new ArrayList<>(List.of(Stage.arguments(stack, folder)));
    arguments.removeIf(argument -> argument.startsWith("--facesort.projector.state-dir"));
    arguments.add("--facesort.projector.state-dir=" + folder.resolve(stateDir));
    return arguments;
  }

  private int lastRun() {
    return last().getRun();
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
