package facesort.ingest.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.DiesBeforeWriting;
import facesort.ingest.IngestClient.Answer;
import facesort.ingest.KeepsLines;
import facesort.ingest.Photos;
import facesort.ingest.RunningIngest;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.EventIds;
import facesort.schemas.JobControl;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PhotoCounts;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.ObjectKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a crash between the manifest and the records leaves, and who finishes it. */
@ExtendWith(LocalStackExtension.class)
class UnfinishedSubmissionsIT {

  private static final String OWNER = "unfinished-it";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration SEVERAL_TRIES = Duration.ofSeconds(5);
  private static final long MANIFEST = 100_000;

  private final StackAddresses stack;

  UnfinishedSubmissionsIT(StackAddresses stack) {
    this.stack = stack;
  }

  @BeforeAll
  static void topics(StackAddresses stack) {
    RunningIngest.createTopics(stack);
  }

  @Test
  void start_finishesWhatACrashLeftBetweenManifestAndRecords() {
    var jobId = submittedByADyingProcess("crash", 5);

    try (var ingest = RunningIngest.start(stack)) {
      await().atMost(LIMIT).untilAsserted(() -> assertThat(tasks(ingest, jobId)).hasSize(5));
      assertThat(submits(ingest, jobId)).hasSize(1);
    }
  }

  @Test
  void repeat_finishesItTooAndGivesTheAnswerThatWasLost() {
    var jobId = submittedByADyingProcess("crash-repeat", 5);

    try (var ingest = RunningIngest.start(stack)) {
      var answer = submit(ingest, "crash-repeat", 5);

      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text("job_id")).isEqualTo(jobId);
      assertThat(answer.body().path("repeated").asBoolean()).isTrue();
      assertThat(tasks(ingest, jobId)).hasSize(5);
      assertThat(submits(ingest, jobId)).hasSize(1);
    }
  }

  @Test
  void start_queuesNothingAgainThatTheProjectorHasSeenWhole() {
    String jobId;
    try (var ingest = RunningIngest.start(stack)) {
      jobId = submit(ingest, "whole", 3).text("job_id");
      ingest.topics().write(Topics.JOB_STATUS, jobId, status(jobId, 3, 3));
    }
    var later = submittedByADyingProcess("after-whole", 1);

    try (var ingest = RunningIngest.start(stack)) {
      // The later one is found by the same search, so the search is over when it is queued.
      await().atMost(LIMIT).untilAsserted(() -> assertThat(tasks(ingest, later)).hasSize(1));
      assertThat(submit(ingest, "whole", 3).status()).isEqualTo(202);
      assertThat(tasks(ingest, jobId)).hasSize(3);
      assertThat(submits(ingest, jobId)).hasSize(1);
    }
  }

  @Test
  void start_queuesWhatTheProjectorHasNotSeenWithTheSameIds() {
    String jobId;
    try (var ingest = RunningIngest.start(stack)) {
      jobId = submit(ingest, "half", 4).text("job_id");
      ingest.topics().write(Topics.JOB_STATUS, jobId, status(jobId, 4, 2));
    }

    try (var ingest = RunningIngest.start(stack)) {
      await().atMost(LIMIT).untilAsserted(() -> assertThat(tasks(ingest, jobId)).hasSize(6));
      assertThat(tasks(ingest, jobId).stream().map(TaskQueued::getEventId).distinct()).hasSize(4);
      assertThat(tasks(ingest, jobId).stream().distinct()).hasSize(4);
      assertThat(submits(ingest, jobId)).hasSize(1);
    }
  }

  @Test
  void start_warnsOnceOfAManifestOfAnUnknownVersionAndFinishesItWhenItCanBeRead() {
    String manifest;
    var jobId = submittedByADyingProcess("version", 1);
    var key = ObjectKeys.manifest(OWNER, jobId);
    try (var dying = RunningIngest.start(stack, DiesBeforeWriting.class)) {
      manifest = new String(dying.store().get(key, MANIFEST).block(), StandardCharsets.UTF_8);
      put(dying, key, manifest.replace("\"version\":1", "\"version\":99"));
    }

    try (var ingest = RunningIngest.start(stack, KeepsLines.class)) {
      await().atMost(LIMIT).untilAsserted(() -> assertThat(KeepsLines.warnings(jobId)).hasSize(1));
      assertThat(KeepsLines.warnings(jobId).getFirst()).contains(key, "version 99", "version 1");
      await()
          .during(SEVERAL_TRIES)
          .atMost(LIMIT)
          .until(() -> KeepsLines.warnings(jobId).size() == 1);
      assertThat(tasks(ingest, jobId)).isEmpty();

      put(ingest, key, manifest);
      await().atMost(LIMIT).untilAsserted(() -> assertThat(tasks(ingest, jobId)).hasSize(1));
    }
  }

  private String submittedByADyingProcess(String key, int photos) {
    try (var dying = RunningIngest.start(stack, DiesBeforeWriting.class)) {
      var answer = submit(dying, key, photos);
      var jobId = EventIds.job(OWNER, key);
      assertThat(answer.status()).isEqualTo(500);
      assertThat(tasks(dying, jobId)).isEmpty();
      return jobId;
    }
  }

  private static Answer submit(RunningIngest ingest, String key, int photos) {
    return ingest
        .client(OWNER)
        .job("{\"idempotency_key\": \"%s\"}".formatted(key), Photos.uploads(key, photos));
  }

  private static void put(RunningIngest ingest, String key, String json) {
    ingest.store().put(key, json.getBytes(StandardCharsets.UTF_8), "application/json").block();
  }

  private static List<TaskQueued> tasks(RunningIngest ingest, String jobId) {
    return ingest
        .topics()
        .events(Topics.TASK_QUEUED_INTERACTIVE, task -> task.getJobId().equals(jobId));
  }

  private static List<JobControl> submits(RunningIngest ingest, String jobId) {
    return ingest.topics().events(Topics.JOB_CONTROL, command -> command.getJobId().equals(jobId));
  }

  private static JobStatus status(String jobId, int total, int submitted) {
    return JobStatus.newBuilder()
        .setEventId("status-" + jobId)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(jobId)
        .setOwnerId(OWNER)
        .setName("x")
        .setState(JobState.RUNNING)
        .setRelease(ReleasePolicy.AUTO)
        .setClosed(true)
        .setTotal(total)
        .setPhotos(
            PhotoCounts.newBuilder()
                .setSubmitted(submitted)
                .setMatched(0)
                .setNoMatch(0)
                .setNoFace(0)
                .setDuplicate(0)
                .setFailed(0)
                .setCancelled(0)
                .setInFlight(submitted)
                .build())
        .setFaces(0)
        .setDeliveries(
            DeliveryCounts.newBuilder()
                .setPairs(0)
                .setOpen(0)
                .setHeld(0)
                .setSent(0)
                .setUnknown(0)
                .setRefused(0)
                .setFailed(0)
                .setDropped(0)
                .setRecalled(0)
                .build())
        .build();
  }
}
