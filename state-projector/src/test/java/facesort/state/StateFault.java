package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.KafkaClients;
import facesort.state.job.Records;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.TopicLog;
import io.r2dbc.pool.ConnectionPool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What may happen to the projector's own disk, its topics and their clocks. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class StateFault {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** A broker refuses what is later by more than an hour. */
  private static final Duration LATEST = Duration.ofMinutes(59);

  private static final String OWNER = "owner-fault";
  private static final int PHOTOS = 40;

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
  @Fault(id = "F33", injection = "bits flipped in every table file of the stores while down")
  void flippedBits_areNoticed_andTheStateComesFromKafka() throws Exception {
    writeHalf();

    for (var file : files(".sst")) {
      flip(file);
    }

    assertEndsWhole();
  }

  @Test
  @Fault(id = "F33", injection = "every checkpoint and half of the files deleted while down")
  void lostFiles_areNoticed_andTheStateComesFromKafka() throws Exception {
    writeHalf();

    for (var file : files(".checkpoint")) {
      Files.delete(file);
    }
    var tables = files(".sst");
    for (var file : tables.subList(0, tables.size() / 2)) {
      Files.delete(file);
    }

    assertEndsWhole();
  }

  @Test
  @Fault(id = "F31", injection = "records stamped 1970 and as late as a broker takes")
  void foreignClocks_endNothingEarly() throws Exception {
    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      stage.write(Topics.JOB_CONTROL, jobId, job.submit(PHOTOS));
      for (var photo = 0; photo < PHOTOS; photo++) {
        var time = photo % 2 == 0 ? 0L : System.currentTimeMillis() + LATEST.toMillis();
        stage.write(stamped(Topics.TASK_QUEUED, photo, job.task(id(photo), photo, null), time));
        stage.write(stamped(Topics.MATCH_RESULT, photo, job.match(id(photo)), time));
      }
      awaitState(JobState.CLEANING);

      assertThat(stage.statuses(jobId)).extracting(JobStatus::getFailure).containsOnlyNulls();
      assertThat(projector.get("/actuator/health/readiness", OWNER).statusCode()).isEqualTo(200);
      assertCounts();
    }
  }

  @Test
  @Fault(id = "F45", injection = "results deleted from their topic before the projector read them")
  void deletedResults_areTold_andTheirPhotosStayOpen() throws Exception {
    var clients = new KafkaClients(stack.bootstrapServers());
    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      writeTasks();
      writeMatches(0, PHOTOS / 2);
      awaitSettled(PHOTOS / 2);
      assertThat(projector.get("/actuator/health/liveness", OWNER).statusCode()).isEqualTo(200);
    }
    writeMatches(PHOTOS / 2, PHOTOS);
    try (var admin = clients.admin()) {
      var cut =
          TopicLog.ends(admin, Topics.MATCH_RESULT.name()).entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue())));
      admin.deleteRecords(cut).all().get();
    }

    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      await().atMost(LIMIT).until(() -> !letters(clients).isEmpty());

      assertThat(letters(clients))
          .allSatisfy(letter ->
              assertThat(header(letter, DeadLetters.MESSAGE)).contains("were deleted before"));
      assertThat(stage.statuses(jobId).getLast().getPhotos().getInFlight()).isEqualTo(PHOTOS / 2);
      assertThat(projector.get("/actuator/health/liveness", OWNER).statusCode()).isEqualTo(200);
      // Who still has the results may write them again: nothing else was lost.
      writeMatches(PHOTOS / 2, PHOTOS);
      awaitState(JobState.CLEANING);
      assertCounts();
    }
  }

  @Test
  @Fault(id = "F18", injection = "10,000 clients that hang up in the middle of their question")
  void clientsThatHangUp_leaveNoConnectionTaken() throws Exception {
    try (var projector = Projector.start(Stage.arguments(stack, folder));
        var clients = Executors.newFixedThreadPool(32)) {
      writeTasks();
      awaitState(JobState.QUEUED);
      var random = new Random(18);
      var answered = new AtomicInteger();
      for (var client = 0; client < 10_000; client++) {
        var patience = Duration.ofNanos(random.nextLong(20_000_000));
        var path = client % 2 == 0 ? "/v1/jobs/" + jobId : "/v1/jobs/" + jobId + "/photos";
        var _ =
            clients.submit(() -> {
              if (projector.askAndHangUp(path, OWNER, patience)) {
                answered.incrementAndGet();
              }
              return null;
            });
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      var pool = projector.context().getBean(ConnectionPool.class).getMetrics().orElseThrow();
      await().atMost(Duration.ofSeconds(5)).until(() -> pool.acquiredSize() == 0);
      assertThat(pool.pendingAcquireSize()).isZero();
      assertThat(projector.get("/v1/jobs/" + jobId, OWNER).statusCode()).isEqualTo(200);
      FaultTable.result("held, %,d of 10,000 had their answer".formatted(answered.get()));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> letters(KafkaClients clients) {
    return TopicLog.committed(clients, Topics.MATCH_RESULT.deadLetters()).stream()
        .filter(letter -> header(letter, DeadLetters.CODE).equals("EXPIRED"))
        .filter(letter -> header(letter, DeadLetters.SERVICE).equals("state-projector"))
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Half of the results are folded, and the projector has ended in order: its files count. */
  private void writeHalf() throws Exception {
    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      writeTasks();
      writeMatches(0, PHOTOS / 2);
      awaitSettled(PHOTOS / 2);
      assertThat(projector.get("/actuator/health/liveness", OWNER).statusCode()).isEqualTo(200);
    }
    assertThat(files(".sst")).isNotEmpty();
  }

  private void assertEndsWhole() throws Exception {
    try (var projector = Projector.start(Stage.arguments(stack, folder))) {
      writeMatches(PHOTOS / 2, PHOTOS);
      awaitState(JobState.CLEANING);

      assertCounts();
      assertThat(stage.requests(jobId)).hasSize(1);
      assertThat(stage.statuses(jobId)).extracting(JobStatus::getEventId).doesNotHaveDuplicates();
      assertThat(projector.get("/actuator/health/readiness", OWNER).statusCode()).isEqualTo(200);
    }
  }

  private void writeTasks() throws Exception {
    stage.write(Topics.JOB_CONTROL, jobId, job.submit(PHOTOS));
    for (var photo = 0; photo < PHOTOS; photo++) {
      stage.write(Topics.TASK_QUEUED, "t" + photo, job.task(id(photo), photo, null));
    }
  }

  private void writeMatches(int from, int to) throws Exception {
    for (var photo = from; photo < to; photo++) {
      stage.write(Topics.MATCH_RESULT, "t" + photo, job.match(id(photo)));
    }
  }

  private <V extends SpecificRecord> ProducerRecord<byte[], byte[]> stamped(
      Topic<V> topic, int photo, V event, long time) {
    var record = stage.record(topic, "t" + photo, event);
    return new ProducerRecord<>(
        record.topic(), null, time, record.key(), record.value(), record.headers());
  }

  private static String id(int photo) {
    return "p%02d".formatted(photo);
  }

  private List<Path> files(String suffix) throws Exception {
    try (var all = Files.walk(folder.resolve("state"))) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void flip(Path file) throws Exception {
    var bytes = Files.readAllBytes(file);
    for (var at = 0; at < bytes.length; at += 16) {
      bytes[at] ^= 1;
    }
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void assertCounts() {
    var photos = stage.statuses(jobId).getLast().getPhotos();
    assertThat(photos.getSubmitted()).isEqualTo(PHOTOS);
    assertThat(photos.getNoFace()).isEqualTo(PHOTOS);
    assertThat(photos.getInFlight()).isZero();
  }

  private void awaitSettled(int settled) {
    await()
        .atMost(LIMIT)
        .until(() ->
            stage.statuses(jobId).stream()
                .anyMatch(status -> status.getPhotos().getNoFace() == settled));
  }

  private void awaitState(JobState state) {
    await()
        .atMost(LIMIT)
        .until(() -> stage.statuses(jobId).stream().anyMatch(s -> s.getState() == state));
  }
}
