package facesort.ingest.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.IngestClient;
import facesort.ingest.IngestClient.Answer;
import facesort.ingest.IngestClient.File;
import facesort.ingest.Photos;
import facesort.ingest.RunningIngest;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.JobControl;
import facesort.schemas.Lane;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(LocalStackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class JobsIT {

  private static final String OWNER = "jobs-it";

  private final RunningIngest ingest;
  private final IngestClient client;

  JobsIT(StackAddresses stack) {
    this.ingest = RunningIngest.start(stack);
    this.client = ingest.client(OWNER);
  }

  @BeforeAll
  void ready() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/actuator/health/readiness").text("status").equals("UP"));
  }

  @AfterAll
  void stop() {
    ingest.close();
  }

  @Test
  void upload_storesEachPhotoAndQueuesItOnce() {
    var answer = client.job("{\"name\": \"Wedding\"}", Photos.uploads("hundred", 100));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("total").asInt()).isEqualTo(100);
    assertThat(answer.body().path("repeated").asBoolean()).isFalse();
    var submit = submits(answer);
    assertThat(submit).hasSize(1);
    assertThat(submit.getFirst().getSubmit().getName()).isEqualTo("Wedding");
    assertThat(submit.getFirst().getSubmit().getTotal()).isEqualTo(100);
    var tasks = tasks(answer);
    assertThat(tasks)
        .extracting(TaskQueued::getPosition)
        .isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(tasks).extracting(TaskQueued::getLane).containsOnly(Lane.BULK);
    assertThat(tasks).extracting(TaskQueued::getProfilesUpto).allMatch(upto -> upto.size() == 4);
    var last = tasks.getLast();
    assertThat(ingest.store().get(last.getSource(), 1000).block())
        .isEqualTo(Photos.jpeg("hundred99"));
    assertThat(last.getFilename()).isEqualTo("photo99.jpg");
  }

  @Test
  void keys_areQueuedWhereTheyLie() {
    var keys =
        IntStream.range(0, 100).mapToObj(at -> "owners/jobs-it/in/k%d.jpg".formatted(at)).toList();
    keys.forEach(key -> put(key, Photos.jpeg(key)));

    var answer = client.job("{\"lane\": \"interactive\", \"keys\": %s}".formatted(json(keys)));

    assertThat(answer.status()).isEqualTo(202);
    var tasks = tasks(answer);
    assertThat(tasks).hasSize(100).extracting(TaskQueued::getLane).containsOnly(Lane.INTERACTIVE);
    assertThat(tasks).extracting(task -> task.getSource().getKey()).isEqualTo(keys);
    assertThat(tasks).extracting(TaskQueued::getSettled).containsOnlyNulls();
    assertThat(tasks).extracting(task -> task.getSource().getEtag()).doesNotContainNull();
    assertThat(objects(answer)).isEmpty();
  }

  @Test
  void keys_thatAreMissingOrNotTheOwnersAreSettled() {
    put("owners/jobs-it/in/there.jpg", Photos.jpeg("there"));
    put("owners/someone/in/theirs.jpg", Photos.jpeg("theirs"));

    var answer =
        client.job(
            """
            {"keys": ["owners/jobs-it/in/gone.jpg", "owners/someone/in/theirs.jpg",
                      "owners/jobs-it/../someone/in/theirs.jpg", "owners/jobs-it/in/there.jpg"]}
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(tasks(answer))
        .extracting(TaskQueued::getSettled)
        .containsExactly(
            FailureCode.SOURCE_MISSING,
            FailureCode.SOURCE_FORBIDDEN,
            FailureCode.SOURCE_FORBIDDEN,
            null);
  }

  @Test
  void keys_ofALargeJobAreAllQueuedInOrder() {
    var keys =
        IntStream.range(0, 2_500).mapToObj("owners/jobs-it/nowhere/%d.jpg"::formatted).toList();

    var answer = client.job("{\"keys\": %s}".formatted(json(keys)));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(tasks(answer)).extracting(task -> task.getSource().getKey()).isEqualTo(keys);
  }

  @Test
  void upload_settlesWhatCannotBeAPhotoAndKeepsTheOthers() {
    var heic = "\u0000\u0000\u0000\u0018ftypheic....".getBytes(StandardCharsets.ISO_8859_1);
    var files =
        List.of(
            File.photo("good.jpg", Photos.jpeg("good")),
            File.photo("empty.jpg", new byte[0]),
            File.photo("text.jpg", "hello".getBytes(StandardCharsets.UTF_8)),
            File.photo("phone.heic", heic),
            File.photo("again.jpg", Photos.jpeg("good")),
            File.photo("other.jpg", Photos.jpeg("other")));

    var answer = client.job("{}", files);

    assertThat(answer.status()).isEqualTo(202);
    var tasks = tasks(answer);
    assertThat(tasks)
        .extracting(TaskQueued::getSettled)
        .containsExactly(
            null,
            FailureCode.EMPTY_FILE,
            FailureCode.UNSUPPORTED_TYPE,
            FailureCode.UNSUPPORTED_HEIC,
            FailureCode.DUPLICATE,
            null);
    assertThat(tasks.get(4).getDuplicateOf()).isEqualTo(tasks.getFirst().getPhotoId());
    assertThat(photos(answer).get(1).path("settled").asString()).isEqualTo("EMPTY_FILE");
    assertThat(photos(answer).get(1).path("message").asString()).contains("send it again");
    assertThat(objects(answer)).hasSize(2);
  }

  @Test
  void upload_cutsOffATooLargePhotoAndGoesOn() {
    var files =
        List.of(
            Photos.large("huge.jpg", 60L * 1024 * 1024, 3),
            Photos.large("large.jpg", 20L * 1024 * 1024, 5),
            File.photo("small.jpg", Photos.jpeg("small")));

    var answer = client.job("{}", files);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(tasks(answer))
        .extracting(TaskQueued::getSettled)
        .containsExactly(FailureCode.TOO_MANY_BYTES, null, null);
    assertThat(objects(answer))
        .extracting(StoredObject::length)
        .contains(20L * 1024 * 1024)
        .hasSize(2);
    assertThat(RunningIngest.spool()).isEmptyDirectory();
  }

  @Test
  void repeat_givesTheSameAnswerAndWritesNothing() {
    var json = "{\"idempotency_key\": \"repeat\", \"name\": \"R\"}";
    var first = client.job(json, Photos.uploads("repeat", 3));

    var second = client.job(json, Photos.uploads("repeat", 3));

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.body().path("repeated").asBoolean()).isTrue();
    assertThat(second.text("job_id")).isEqualTo(first.text("job_id"));
    assertThat(second.body().path("photos")).isEqualTo(first.body().path("photos"));
    assertThat(submits(first)).hasSize(1);
    assertThat(tasks(first)).hasSize(3);
  }

  @Test
  void repeat_withOtherPhotosIsAConflictThatChangesNothing() {
    var json = "{\"idempotency_key\": \"other\"}";
    var first = client.job(json, Photos.uploads("first", 2));
    var before = objects(first);

    var second = client.job(json, Photos.uploads("second", 2));

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(objects(first)).isEqualTo(before);
    assertThat(tasks(first)).hasSize(2);
  }

  @Test
  void repeat_byKeysDoesNotLookAtTheBucketAgain() {
    put("owners/jobs-it/in/later-gone.jpg", Photos.jpeg("later gone"));
    var json =
        "{\"idempotency_key\": \"by-keys\", \"keys\": [\"owners/jobs-it/in/later-gone.jpg\"]}";
    client.job(json);
    ingest.store().delete(List.of("owners/jobs-it/in/later-gone.jpg")).block();

    var second = client.job(json);

    assertThat(second.status()).isEqualTo(202);
    assertThat(photos(second).getFirst().path("settled").isNull()).isTrue();
  }

  @Test
  void concurrentRequests_withOneKeyAndTheSamePhotosMakeOneJob() {
    var json = "{\"idempotency_key\": \"race\"}";

    var answers = atOnce(6, _ -> client.job(json, Photos.uploads("race", 5)));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers)
        .extracting(answer -> answer.text("job_id"))
        .hasSize(6)
        .containsOnly(answers.getFirst().text("job_id"));
    assertThat(answers.stream().filter(answer -> !answer.body().path("repeated").asBoolean()))
        .hasSize(1);
    assertThat(submits(answers.getFirst())).hasSize(1);
    assertThat(tasks(answers.getFirst())).hasSize(5);
  }

  @Test
  void concurrentRequests_withOneKeyAndOtherPhotosLeaveTheWinnersAlone() {
    var json = "{\"idempotency_key\": \"fight\"}";

    var answers = atOnce(6, number -> client.job(json, Photos.uploads("fight" + number, 5)));

    var won = answers.stream().filter(answer -> answer.status() == 202).toList();
    assertThat(won).hasSize(1);
    assertThat(answers).extracting(Answer::status).containsOnly(202, 409);
    var tasks = tasks(won.getFirst());
    assertThat(tasks).hasSize(5);
    assertThat(objects(won.getFirst()))
        .extracting(StoredObject::key)
        .containsExactlyInAnyOrderElementsOf(
            tasks.stream().map(task -> task.getSource().getKey()).toList());
  }

  @Test
  void badRequests_areToldInOneLineWhatToDo() {
    var photo = List.of(File.photo("a.jpg", Photos.jpeg("a")));

    assertProblem(client.job("{}", List.of()), 400, "NO_PHOTOS", "at least one photo");
    assertProblem(
        client.files("/v1/jobs", photo), 400, "INVALID_EVENT", "part job must come first");
    assertProblem(
        client.job("{\"release\": \"review\"}", photo), 422, "NOT_SUPPORTED", "not supported yet");
    assertProblem(client.job("{\"nam\": 1}"), 400, "INVALID_EVENT", "the body, line 1");
    assertProblem(
        client.job("{}", List.of(new File("pictures", "a", photo.getFirst().content()))),
        400,
        "INVALID_EVENT",
        "part pictures is not known");
    assertProblem(ingest.client("a.b").job("{}", photo), 400, "OWNER_MISMATCH", "X-Facesort-Owner");
  }

  @Test
  void badRequest_isAnsweredAlsoWhenMuchFollows() {
    var files = Photos.uploads("much", 3);
    files.add(Photos.large("large.jpg", 40L * 1024 * 1024, 7));

    assertProblem(client.job("{\"lane\": 1.5, \"x\": 0}", files), 400, "INVALID_EVENT", "part job");
    assertThat(RunningIngest.spool()).isEmptyDirectory();
  }

  @Test
  void limits_areTold() {
    var limits = client.get("/v1/limits");

    assertThat(limits.body().path("max_bytes").asLong()).isEqualTo(52_428_800);
    assertThat(limits.body().path("max_pixels").asLong()).isEqualTo(50_000_000);
  }

  private static void assertProblem(Answer answer, int status, String code, String message) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("detail")).contains(message).hasLineCount(1);
  }

  private static List<Answer> atOnce(int count, java.util.function.IntFunction<Answer> request) {
    var running =
        IntStream.range(0, count)
            .mapToObj(number ->
                CompletableFuture.supplyAsync(
                    () -> request.apply(number), Thread::startVirtualThread))
            .toList();
    return running.stream().map(CompletableFuture::join).toList();
  }

  private List<JobControl> submits(Answer answer) {
    return ingest
        .topics()
        .events(Topics.JOB_CONTROL, command -> command.getJobId().equals(answer.text("job_id")));
  }

  private List<TaskQueued> tasks(Answer answer) {
    var all = new ArrayList<TaskQueued>();
    for (var topic : List.of(Topics.TASK_QUEUED, Topics.TASK_QUEUED_INTERACTIVE)) {
      all.addAll(
          ingest.topics().events(topic, task -> task.getJobId().equals(answer.text("job_id"))));
    }
    all.sort(Comparator.comparingInt(TaskQueued::getPosition));
    return all;
  }

  private List<StoredObject> objects(Answer answer) {
    var prefix = "owners/%s/jobs/%s/".formatted(OWNER, answer.text("job_id"));
    return ingest.store().list(prefix).collectList().blockOptional().orElseThrow();
  }

  private void put(String key, byte[] bytes) {
    ingest.store().put(key, bytes, "image/jpeg").block();
  }

  private static List<JsonNode> photos(Answer answer) {
    return answer.body().path("photos").valueStream().toList();
  }

  private static String json(List<String> keys) {
    return keys.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }
}
