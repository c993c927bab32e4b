package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.JobState;
import facesort.schemas.Topics;
import facesort.state.job.Records;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The answers over HTTP: their headers, their errors, the document, the streams. */
@ExtendWith(LocalStackExtension.class)
class QueryApiIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String OWNER = "owner-" + UUID.randomUUID();
  private static final String JOB = "job-" + UUID.randomUUID();

  @TempDir private static Path folder;

  private static StackAddresses stack;
  private static Stage stage;
  private static Projector projector;

  @BeforeAll
  static void open(StackAddresses addresses) throws Exception {
    stack = addresses;
    stage = new Stage(addresses, folder);
    projector = Projector.start(Stage.arguments(addresses, folder));
    submit(JOB);
    await()
        .atMost(LIMIT)
        .until(() -> projector.get("/v1/jobs/" + JOB + "/photos", OWNER).statusCode() == 200);
    await()
        .atMost(LIMIT)
        .until(
            () -> projector.json("/v1/jobs/" + JOB + "/photos", OWNER).at("/total").asInt() == 2);
  }

  @AfterAll
  static void close() {
    projector.close();
    stage.close();
  }

  private static void submit(String jobId) throws Exception {
    var job = Records.of(jobId, OWNER);
    stage
        .write(Topics.JOB_CONTROL, jobId, job.submit(2))
        .write(Topics.TASK_QUEUED, "t0", job.task("a", 0, null))
        .write(Topics.TASK_QUEUED, "t1", job.task("b", 1, null));
    await()
        .atMost(LIMIT)
        .until(() ->
            stage.statuses(jobId).stream()
                .anyMatch(status -> status.getPhotos().getSubmitted() == 2));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void everyAnswer_saysHowOldItIsAndWhereItIsFrom() throws Exception {
    for (var path :
        List.of(
            "/v1/jobs",
            "/v1/jobs/" + JOB,
            "/v1/jobs/" + JOB + "/progress",
            "/v1/jobs/" + JOB + "/photos?state=queued",
            "/v1/jobs/" + JOB + "/errors",
            "/v1/jobs/" + JOB + "/events?photo=a",
            "/v1/jobs/" + JOB + "/explain?photo=a&friend=ann",
            "/v1/friends",
            "/v1/workers",
            "/v1/scaling",
            "/v1/failures",
            "/v1/content-hash")) {
      var answer = projector.get(path, OWNER);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(header(answer, "X-Facesort-Source")).as(path).isEqualTo("postgres");
      assertThat(header(answer, "X-Facesort-Stale")).as(path).isIn("true", "false");
      assertThat(Instant.parse(header(answer, "X-Facesort-As-Of"))).as(path).isNotNull();
    }
  }

  @Test
  void audit_isAnswered_onceTheReadModelIsCurrent() throws Exception {
    await()
        .atMost(LIMIT)
        .until(() -> projector.get("/v1/audit?job=" + JOB, OWNER).statusCode() == 200);
    var answer = projector.get("/v1/audit?job=" + JOB, OWNER);

    assertThat(answer.body()).contains("\"jobs\":1", "\"photos\":2", "\"unaccounted\":0");
    assertThat(header(answer, "X-Facesort-Stale")).isEqualTo("false");
  }

  @Test
  void whatIsNotTheOwners_isNotFound_onceTheReadModelIsCurrent() throws Exception {
    await()
        .atMost(LIMIT)
        .until(() -> projector.get("/v1/jobs/" + JOB, "stranger").statusCode() == 404);
    for (var path : List.of("/progress", "/photos", "/errors", "/events", "/explain?photo=a")) {
      var answer = projector.get("/v1/jobs/" + JOB + path, "stranger");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"");
    }
    assertThat(projector.get("/v1/jobs/" + JOB + "/stream", "stranger").statusCode())
        .isEqualTo(404);
    assertThat(projector.get("/v1/friends/nobody", OWNER).statusCode()).isEqualTo(404);
  }

  @Test
  void wrongParameters_areRefusedWithWhatIsAllowed() throws Exception {
    for (var path :
        List.of(
            "/v1/jobs?limit=0",
            "/v1/jobs?offset=-1",
            "/v1/jobs?state=lost",
            "/v1/jobs/j/photos?limit=many",
            "/v1/jobs/j/errors?code=NONE",
            "/v1/jobs/j/explain")) {
      var answer = projector.get(path, OWNER);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).as(path).contains("\"code\":\"INVALID_PARAMETER\"");
    }
  }

  @Test
  void document_namesEveryPath() throws Exception {
    var document = projector.json("/v1/openapi.json", OWNER);

    assertThat(document.at("/paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/v1/jobs",
            "/v1/jobs/{id}",
            "/v1/jobs/{id}/progress",
            "/v1/jobs/{id}/photos",
            "/v1/jobs/{id}/errors",
            "/v1/jobs/{id}/events",
            "/v1/jobs/{id}/explain",
            "/v1/jobs/{id}/stream",
            "/v1/stream",
            "/v1/friends",
            "/v1/friends/{id}",
            "/v1/workers",
            "/v1/scaling",
            "/v1/audit",
            "/v1/failures",
            "/v1/content-hash");
    assertThat(document.at("/components/schemas/JobView/properties").propertyNames())
        .contains("job_id", "eta_basis", "cleanup_requests")
        .doesNotContain("jobId");
    assertThat(document.at("/paths").valueStream().map(path -> path.at("/get/summary").asString()))
        .doesNotContain("");
  }

  @Test
  void stream_tellsJobsAsTheyAre_thenChanges_andGoesOnWhereAClientLeft() throws Exception {
    var first = "job-" + UUID.randomUUID();
    submit(first);
    String left;
    try (var client = EventStream.open(projector, "/v1/stream", OWNER, null)) {
      var known = client.until(event -> event.data().contains(first));
      assertThat(known.name()).isEqualTo("job");
      assertThat(known.data()).contains("\"state\":", "\"eta_basis\":").doesNotContain("jobId");
      stage.write(Topics.MATCH_RESULT, "t0", Records.of(first, OWNER).match("a"));
      var changed =
          client.until(
              event -> event.data().contains(first) && event.data().contains("\"no_face\":1"));
      left = changed.id();
      assertThat(left).matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }
    var second = "job-" + UUID.randomUUID();
    submit(second);

    try (var client = EventStream.open(projector, "/v1/stream", OWNER, left)) {
      var seen = new ArrayList<String>();
      client.until(event -> {
        seen.add(event.data());
        return event.data().contains(second);
      });
      assertThat(seen).noneMatch(data -> data.contains(JOB));
    }
  }

  @Test
  void streamOfOneJob_tellsThatJobAlone() throws Exception {
    var other = "job-" + UUID.randomUUID();
    submit(other);
    try (var client = EventStream.open(projector, "/v1/jobs/" + JOB + "/stream", OWNER, "x.y")) {
      assertThat(client.until(event -> true).data()).contains(JOB);
    }
  }

  @Test
  void jobs_areToldFromTheStore_whileTheDatabaseIsAway() throws Exception {
    var arguments = new ArrayList<>(List.of(Stage.arguments(stack, folder)));
    arguments.removeIf(argument ->
        argument.startsWith("--facesort.postgres.url")
            || argument.startsWith("--facesort.projector.state-dir"));
    arguments.add("--facesort.postgres.url=r2dbc:postgresql://127.0.0.1:1/nowhere");
    arguments.add("--facesort.projector.state-dir=" + folder.resolve("second"));
    arguments.add("--facesort.slot=1");
    projector.close();

    try (var second = Projector.start(arguments.toArray(String[]::new))) {
      await().atMost(LIMIT).until(() -> second.get("/v1/jobs/" + JOB, OWNER).statusCode() == 200);
      var answer = second.get("/v1/jobs/" + JOB, OWNER);
      assertThat(header(answer, "X-Facesort-Source")).isEqualTo("store");
      assertThat(second.json("/v1/jobs/" + JOB, OWNER).at("/photos/submitted").asInt())
          .isEqualTo(2);
      var list = second.json("/v1/jobs?search=" + JOB.substring(4), OWNER);
      assertThat(list.at("/total").asInt()).isEqualTo(1);
      assertThat(list.at("/jobs/0/state").asString()).isEqualTo(JobState.QUEUED.name());

      // The stores are current, so they can tell that there is no such job.
      await().atMost(LIMIT).until(() -> second.get("/v1/jobs/none", OWNER).statusCode() == 404);
      for (var path : List.of("/v1/jobs/" + JOB + "/photos", "/v1/workers", "/v1/audit")) {
        var refused = second.get(path, OWNER);
        assertThat(refused.statusCode()).as(path).isEqualTo(503);
        assertThat(header(refused, "Retry-After")).as(path).isNotEqualTo("none");
      }
    } finally {
      projector = Projector.start(Stage.arguments(stack, folder));
    }
  }
}
