package facesort.ingest.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.IngestClient;
import facesort.ingest.IngestClient.Answer;
import facesort.ingest.Photos;
import facesort.ingest.RunningIngest;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands to jobs that no projector has seen: its topic stays empty here. */
@ExtendWith(LocalStackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CommandsIT {

  private static final String OWNER = "commands-it";

  private final StackAddresses stack;
  private RunningIngest ingest;
  private IngestClient client;

  CommandsIT(StackAddresses stack) {
    this.stack = stack;
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
  void cancel_ofAJobJustSubmittedIsWrittenAfterItsSubmit() {
    var job = submitted("cancelled");

    var answer = client.command(job, "cancel", "{\"reason\": \"wrong photos\"}", null);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("job_id")).isEqualTo(job);
    assertThat(answer.text("command")).isEqualTo("CANCEL");
    var commands = commands(job);
    assertThat(commands)
        .extracting(JobControl::getCommand)
        .containsExactly(JobCommand.SUBMIT, JobCommand.CANCEL);
    assertThat(commands.getLast().getEventId()).isEqualTo(answer.text("event_id"));
    assertThat(commands.getLast().getReason()).isEqualTo("wrong photos");
    assertThat(commands.getLast().getOwnerId()).isEqualTo(OWNER);
  }

  @Test
  void retry_carriesItsSelection() {
    var job = submitted("retried");

    client.command(
        job,
        "retry",
        "{\"photo_ids\": [\"p1\"], \"codes\": [\"DEADLINE\"], \"signatures\": [\"s1\"]}",
        null);

    var selection = commands(job).getLast().getSelection();
    assertThat(selection.getPhotoIds()).isEqualTo(List.of("p1"));
    assertThat(selection.getCodes()).isEqualTo(List.of(FailureCode.DEADLINE));
    assertThat(selection.getSignatures()).isEqualTo(List.of("s1"));
  }

  @Test
  void commandWithoutAKey_isAnotherEachTime() {
    var job = submitted("twice");

    var first = client.command(job, "resume", "", null);
    var second = client.command(job, "resume", "", null);

    assertThat(second.text("event_id")).isNotEqualTo(first.text("event_id"));
    assertThat(commands(job)).hasSize(3);
  }

  @Test
  void commandWithAKey_isWrittenOnceAlsoByAnotherProcess() {
    var job = submitted("once");
    var first = client.command(job, "resume", "", "my-key");
    var second = client.command(job, "resume", "{\"reason\": \"again\"}", "my-key");
    assertThat(second.body()).isEqualTo(first.body());

    restart();
    // Without a projector it knows whose job it is once it has looked through the manifests.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.command(job, "resume", "", "my-key").status() == 202);
    var third = client.command(job, "resume", "", "my-key");

    assertThat(third.body()).isEqualTo(first.body());
    assertThat(commands(job)).filteredOn(c -> c.getCommand() == JobCommand.RESUME).hasSize(1);
  }

  @Test
  void keyOfAnotherSelection_isAConflict() {
    var job = submitted("conflict");
    client.command(job, "retry", "{\"photo_ids\": [\"p1\"]}", "k");

    assertProblem(
        client.command(job, "retry", "{\"photo_ids\": [\"p2\"]}", "k"),
        409,
        "IDEMPOTENCY_KEY_REUSED");

    assertThat(commands(job)).hasSize(2);
  }

  @Test
  void jobsOfOthers_areNotFoundAndGetNoCommand() {
    var job = submitted("mine");

    assertProblem(ingest.client("someone").command(job, "cancel", "", null), 404, "NOT_FOUND");
    assertProblem(client.command("no-such-job", "resume", "", null), 404, "NOT_FOUND");
    assertProblem(client.command("no.id", "resume", "", null), 404, "NOT_FOUND");

    assertThat(commands(job)).hasSize(1);
  }

  @Test
  void badCommands_areTold() {
    var job = submitted("bad");

    assertProblem(client.command(job, "retry", "", null), 400, "EMPTY_SELECTION");
    assertProblem(client.command(job, "retry", "{\"codes\": []}", null), 400, "EMPTY_SELECTION");
    assertProblem(
        client.command(job, "cancel", "{\"codes\": [\"DEADLINE\"]}", null), 400, "INVALID_EVENT");

    assertThat(commands(job)).hasSize(1);
  }

  private void restart() {
    ingest.close();
    ingest = RunningIngest.start(stack);
    client = ingest.client(OWNER);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/actuator/health/readiness").text("status").equals("UP"));
  }

  private String submitted(String key) {
    var answer = client.job("{\"idempotency_key\": \"%s\"}".formatted(key), Photos.uploads(key, 1));
    assertThat(answer.status()).isEqualTo(202);
    return answer.text("job_id");
  }

  private List<JobControl> commands(String job) {
    return ingest.topics().events(Topics.JOB_CONTROL, control -> control.getJobId().equals(job));
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("detail")).hasLineCount(1);
  }
}
