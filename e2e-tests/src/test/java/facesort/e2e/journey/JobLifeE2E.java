package facesort.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.assets.Assets;
import facesort.local.telegram.Receipt;
import facesort.local.telegram.TelegramControl;
import facesort.ops.api.Endpoints;
import facesort.ops.api.IngestApi;
import facesort.ops.api.Photo;
import facesort.ops.api.ProjectorApi;
import facesort.ops.sample.SampleFriends;
import facesort.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A job's life by the commands of an operator, on one running system: cancelled in the middle,
 * resumed, a failed photo tried again, explained and audited.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobLifeE2E {

  private static final int COPIES = 120;
  private static final String FRIEND = "ada";
  private static final String CHAT = "4711";
  private static final String MATCHES = Topics.MATCH_RESULT.name();

  private FacesortCommand facesort;
  private String job;

  JobLifeE2E(@TempDir(factory = BelowTarget.class) Path folder) {
    this.facesort = new FacesortCommand(folder);
    this.job = "";
  }

  @BeforeAll
  void system() throws Exception {
    ok("up", "--detach", "--out", facesort.folder().resolve("OUT").toString());
    var reference = facesort.folder().resolve("reference");
    var friend = SampleFriends.load().friends().getFirst();
    SampleFriends.write(friend, Assets.samplePhotos(), reference);
    ok(
        "friend",
        "enroll",
        friend.name(),
        "--id",
        FRIEND,
        "--photo",
        reference.resolve(friend.name()).resolve("reference.jpg").toString(),
        "--consent",
        "--channel",
        "telegram",
        "--address",
        CHAT);
  }

  @AfterAll
  void stop() throws Exception {
    facesort.run("down");
  }

  @Test
  @Order(1)
  void cancelledJob_isFinishedByResumeAndDeliversNothingTwice() throws Exception {
    job = ok("job", "submit", photos().toString(), "-o", "json").json().get("job_id").asString();

    awaitSettled(1);
    // Not by the command: until its process has started a fast machine would be done.
    var given = new IngestApi(endpoints().ingest(), "demo").command(job, "cancel", "in the middle");
    var again = ok("job", "cancel", job, "-o", "json").json();

    assertThat(again.at("/answer/answer").asString()).isEqualTo("ACCEPTED");
    assertThat(again.at("/answer/photos").asInt()).isZero();
    assertThat(projector().job(job).flatMap(found -> found.answer(given.eventId())))
        .hasValueSatisfying(answer -> assertThat(answer.photos()).isPositive());
    var ended = ok("job", "show", job, "-o", "json").json();
    assertThat(ended.get("state").asString()).isEqualTo("CANCELLED");
    assertConserved(ended);
    assertThat(ended.at("/photos/matched").asInt()).isPositive();
    assertThat(receipts()).isEmpty();

    var resumed = ok("job", "resume", job, "-o", "json").json();
    assertThat(resumed.at("/answer/run").asInt()).isEqualTo(1);
    var done = ok("job", "wait", job, "-o", "json").json();

    assertThat(done.get("state").asString()).isEqualTo("COMPLETED");
    assertConserved(done);
    assertThat(done.at("/photos/cancelled").asInt()).isZero();
    assertThat(done.at("/photos/matched").asInt()).isEqualTo(COPIES);
    assertThat(receipts()).doesNotHaveDuplicates().hasSize(COPIES);
  }

  @Test
  @Order(2)
  void failedPhoto_isTriedAgainByItsSignatureAndByNothingElse() throws Exception {
    var errors = ok("job", "errors", job, "-o", "json").json();
    assertThat(errors.get("total").asInt()).isPositive();
    var group = errors.at("/groups/0");

    var refused = facesort.run("job", "retry", job, "--code", "DEADLINE", "-o", "json");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.json().at("/answer/code").asString()).isEqualTo("NOTHING_SELECTED");

    var retried =
        ok("job", "retry", job, "--signature", group.get("signature").asString(), "-o", "json");
    assertThat(retried.json().at("/answer/photos").asInt()).isEqualTo(1);
    var done = ok("job", "wait", job, "-o", "json").json();

    assertThat(done.get("state").asString()).isEqualTo("COMPLETED");
    assertThat(done.at("/photos/failed").asInt()).isEqualTo(1);
    assertConserved(done);
    assertThat(receipts()).doesNotHaveDuplicates().hasSize(COPIES);
    var failures = ok("job", "errors", job, "-o", "json").json().get("errors").valueStream();
    assertThat(failures.map(failure -> failure.get("resolution").asString()))
        .contains("retried", "pending");
  }

  @Test
  @Order(3)
  void explain_tellsEachStepAndWhatStoppedAPhoto() throws Exception {
    var matched = explained(photo("MATCHED"));
    assertThat(matched.get("why_not").isNull()).isTrue();
    assertThat(matched.get("steps").valueStream().map(step -> step.get("step").asString()))
        .contains("queued", "matched", "delivered");

    var failed = explained(photo("FAILED"));
    assertThat(failed.at("/why_not/rule").asString()).isNotEmpty();

    var unknown = explained("no-such-photo");
    assertThat(unknown.at("/why_not/rule").asString()).isEqualTo("NOT_QUEUED");
  }

  @Test
  @Order(3)
  void events_areThePhotosHistory() throws Exception {
    var events =
        ok("job", "events", job, "--photo", photo("MATCHED"), "-o", "json").json().get("events");

    assertThat(events.valueStream().map(event -> event.get("topic").asString()))
        .contains(MATCHES, Topics.DELIVERY_DONE.name());
  }

  @Test
  @Order(3)
  void workers_areAllAlive() throws Exception {
    var workers = ok("workers", "-o", "json").json().get("workers");

    assertThat(workers.valueStream().map(worker -> worker.get("service").asString()))
        .contains("ingest", "inference", "delivery");
    assertThat(workers.valueStream().map(worker -> worker.get("liveness").asString()))
        .containsOnly("LIVE");
  }

  @Test
  @Order(3)
  void list_findsTheJobByItsState() throws Exception {
    var jobs = ok("job", "list", "--state", "completed", "-o", "json").json().get("jobs");

    assertThat(jobs.valueStream().map(found -> found.get("job_id").asString())).contains(job);
    assertThat(ok("job", "list", "--search", "no-such-name", "-o", "json").json().get("total"))
        .hasToString("0");
  }

  @Test
  @Order(4)
  void audit_isCleanAndNamesThePhotoThatACopyLacks() throws Exception {
    for (var how : List.of("--verbose", "--recount")) {
      var audit = ok("audit", how, "-o", "json").json();
      assertThat(audit.get("jobs").asInt()).isEqualTo(1);
      assertThat(audit.get("photos").asInt()).isEqualTo(COPIES + 1);
      assertThat(audit.get("unaccounted").asInt()).isZero();
      assertThat(audit.get("expired").asInt()).isZero();
    }
    var servers = StackAddresses.read(facesort.data()).orElseThrow().bootstrapServers();
    var lacking = photo("MATCHED");
    TopicCopy.without(servers, Topics.MATCH_RESULT, "match.copy", lacking);

    var found = facesort.run("audit", "--job", job, "--use", MATCHES + "=match.copy", "-o", "json");
    var unread = facesort.run("audit", "--use", MATCHES + "=no.such.topic");

    assertThat(found.exitCode()).as(facesort.errors()).isEqualTo(1);
    assertThat(found.json().get("unaccounted").asInt()).isEqualTo(1);
    assertThat(found.json().at("/findings/0/photo_id").asString()).isEqualTo(lacking);
    assertThat(unread.exitCode()).isEqualTo(2);
  }

  /** Photos that differ in bytes that no decoder looks at, and one that is none. */
  private Path photos() throws IOException {
    var folder = Files.createDirectories(facesort.folder().resolve("photos"));
    var sample = Files.readAllBytes(Assets.samplePhotos().resolve("sample1.jpg"));
    for (int i = 0; i < COPIES; i++) {
      var file = Files.write(folder.resolve("copy%03d.jpg".formatted(i)), sample);
      Files.writeString(file, "copy " + i, StandardOpenOption.APPEND);
    }
    Files.write(folder.resolve("torn.jpg"), java.util.Arrays.copyOf(sample, 3_000));
    return folder;
  }

  private String photo(String state) {
    return projector().photos(job).stream()
        .filter(photo -> photo.state().equals(state))
        .map(Photo::photoId)
        .findFirst()
        .orElseThrow();
  }

  private ProjectorApi projector() {
    return new ProjectorApi(endpoints().projector(), "demo");
  }

  private Endpoints endpoints() {
    return Endpoints.require(facesort.data());
  }

  private JsonNode explained(String photo) throws Exception {
    return ok("explain", job, "--photo", photo, "--friend", FRIEND, "-o", "json").json();
  }

  /** Until so many photos are done, so that the job is in its middle. */
  private void awaitSettled(int photos) {
    var projector = projector();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> projector.job(job).map(now -> now.photos().settled() >= photos).orElse(false));
  }

  /** Hashes of what arrived in the friend's chat. */
  private List<String> receipts() {
    var telegram = StackAddresses.read(facesort.data()).orElseThrow().telegramUrl();
    return new TelegramControl(telegram)
        .receipts().stream()
            .filter(receipt -> receipt.chat().equals(CHAT))
            .map(Receipt::sha256)
            .filter(Objects::nonNull)
            .toList();
  }

  private static void assertConserved(JsonNode job) {
    var photos = job.get("photos");
    int sum =
        photos
            .propertyStream()
            .filter(count -> !count.getKey().equals("submitted"))
            .mapToInt(count -> count.getValue().asInt())
            .sum();
    assertThat(sum).isEqualTo(photos.get("submitted").asInt()).isEqualTo(COPIES + 1);
  }

  private FacesortCommand.Result ok(String... arguments) throws Exception {
    var result = facesort.run(arguments);
    assertThat(result.exitCode())
        .as("%s\n%s\n%s", List.of(arguments), result.output(), facesort.errors())
        .isZero();
    return result;
  }
}
