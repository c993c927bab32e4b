package facesort.ingest.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.DiesBeforeWriting;
import facesort.ingest.IngestClient.Answer;
import facesort.ingest.Photos;
import facesort.ingest.RunningIngest;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.KeepReason;
import facesort.schemas.KeptObject;
import facesort.schemas.Topics;
import facesort.service.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class CleanupIT {

  private static final String OWNER = "cleanup-it";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final StackAddresses stack;
  private RunningIngest ingest;

  CleanupIT(StackAddresses stack) {
    this.stack = stack;
    this.ingest = RunningIngest.start(stack);
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  @Test
  void request_leavesWhatItNamesAndEveryOtherJob() {
    var job = submit("leaves", 4);
    var other = submit("leaves-other", 2);
    var kept = photoId(job, 1);
    put(prefix(job) + "tasks/t1/result.json");

    request(job, false, kept);

    var done = done(job, 1).getFirst();
    assertThat(keys(job)).containsExactly(prefix(job) + "photos/" + kept);
    assertThat(keys(other)).hasSize(2);
    assertThat(done.getKept()).extracting(KeptObject::getPhotoId).containsExactly(kept);
    assertThat(done.getKept())
        .extracting(KeptObject::getReason)
        .containsExactly(KeepReason.FAILED_PHOTO);
    assertThat(done.getDeletedObjects()).isEqualTo(4);
    assertThat(done.getDeletedBytes()).isPositive();
    assertThat(done.getCausation().getTopic()).isEqualTo("cleanup");
    assertThat(exists("owners/%s/submissions/%s.json".formatted(OWNER, job))).isTrue();
  }

  @Test
  void request_removesNamedSourcesOnlyWhenTheJobSaysSo() {
    var keys = Stream.of("a", "b", "c").map("owners/cleanup-it/in/%s.jpg"::formatted).toList();
    keys.forEach(this::put);
    var json = "{\"keys\": [\"%s\", \"%s\"], \"delete_source\": %s}";
    var deleting = jobId(ingest.client(OWNER).job(json.formatted(keys.get(0), keys.get(1), true)));
    var sparing = jobId(ingest.client(OWNER).job(json.formatted(keys.get(0), keys.get(2), false)));

    request(sparing, true);
    assertThat(done(sparing, 1)).hasSize(1);
    assertThat(keys).allMatch(this::exists);
    request(deleting, true);
    assertThat(done(deleting, 1).getFirst().getDeletedObjects()).isEqualTo(2);

    assertThat(keys.stream().map(this::exists)).containsExactly(false, false, true);
  }

  @Test
  void request_againIsAnsweredWithTheSameId() {
    var job = submit("again", 3);

    request(job, false);
    done(job, 1);
    request(job, false);

    var answers = done(job, 2);
    assertThat(answers.stream().map(Cleanup::getEventId).distinct()).hasSize(1);
    assertThat(answers.get(1).getDeletedObjects()).isZero();
    assertThat(keys(job)).isEmpty();
  }

  @Test
  void restart_answersWhatACrashLeftUnanswered() {
    var job = submit("crash", 3);
    ingest.close();
    ingest = RunningIngest.start(stack, DiesBeforeWriting.class);
    request(job, false);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(keys(job)).isEmpty());
    assertThat(answers(job)).isEmpty();

    ingest.close();
    ingest = RunningIngest.start(stack);

    assertThat(done(job, 1)).hasSize(1);
  }

  @Test
  void badRecord_becomesADeadLetterAndTheNextIsAnswered() {
    var job = submit("bad", 1);
    var partition = 0;
    var key = job.getBytes(StandardCharsets.UTF_8);
    ingest
        .topics()
        .write(
            new ProducerRecord<>(
                "cleanup", partition, key, "junk".getBytes(StandardCharsets.UTF_8)));

    request(job, false);

    assertThat(done(job, 1)).hasSize(1);
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(ingest.topics().records("cleanup-dlt", 4))
                .anySatisfy(letter -> {
                  assertThat(letter.key()).isEqualTo(key);
                  assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("junk");
                  assertThat(letter.headers().lastHeader("x-dlt-code").value())
                      .asString(StandardCharsets.UTF_8)
                      .isEqualTo("UNDECODABLE");
                }));
  }

  private String submit(String key, int photos) {
    var json = "{\"idempotency_key\": \"%s\"}".formatted(key);
    return jobId(ingest.client(OWNER).job(json, Photos.uploads(key, photos)));
  }

  private static String jobId(Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    return answer.text("job_id");
  }

  private String photoId(String job, int position) {
    return ingest
        .topics()
        .events(Topics.TASK_QUEUED_INTERACTIVE, task -> task.getJobId().equals(job))
        .stream()
        .filter(task -> task.getPosition() == position)
        .findFirst()
        .orElseThrow()
        .getPhotoId();
  }

  private void request(String job, boolean deleteSource, String... kept) {
    ingest
        .topics()
        .write(
            Topics.CLEANUP,
            job,
            Cleanup.newBuilder()
                .setEventId("requested-" + job)
                .setOccurredAt(Instant.EPOCH)
                .setJobId(job)
                .setOwnerId(OWNER)
                .setKind(CleanupKind.REQUESTED)
                .setSeq(0)
                .setDeleteSource(deleteSource)
                .setKept(Stream.of(kept).map(CleanupIT::kept).toList())
                .build());
  }

  private static KeptObject kept(String photoId) {
    return KeptObject.newBuilder().setPhotoId(photoId).setReason(KeepReason.FAILED_PHOTO).build();
  }

  private List<Cleanup> done(String job, int count) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(answers(job)).hasSize(count));
    return answers(job);
  }

  private List<Cleanup> answers(String job) {
    return ingest
        .topics()
        .events(
            Topics.CLEANUP,
            event -> event.getJobId().equals(job) && event.getKind() == CleanupKind.DONE);
  }

  private static String prefix(String job) {
    return "owners/%s/jobs/%s/".formatted(OWNER, job);
  }

  private List<String> keys(String job) {
    return ingest
        .store()
        .list(prefix(job))
        .map(StoredObject::key)
        .collectList()
        .blockOptional()
        .orElseThrow();
  }

  private boolean exists(String key) {
    return Boolean.TRUE.equals(
        ingest.store().list(key).filter(object -> object.key().equals(key)).hasElements().block());
  }

  private void put(String key) {
    ingest.store().put(key, Photos.jpeg(key), "image/jpeg").block();
  }
}
