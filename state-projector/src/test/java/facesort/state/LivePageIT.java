package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Topics;
import facesort.state.job.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The page's own code, in Node instead of a browser: what it shows of a job, without reloading. */
@ExtendWith(LocalStackExtension.class)
class LivePageIT {

  private static final Path SCRIPTS = Path.of("src", "test", "resources", "page");
  private static final String OWNER = "owner-page";

  @TempDir private Path folder;

  @Test
  void scripts_passTheirOwnTests() throws Exception {
    var tests = node("--test", SCRIPTS.resolve("page.test.mjs").toString());

    assertThat(output(tests)).contains("# pass 5").contains("# fail 0");
  }

  @Test
  void page_isServed_andFollowsAJobToItsEnd(StackAddresses stack) throws Exception {
    var jobId = "job-" + UUID.randomUUID();
    var job = Records.of(jobId, OWNER);
    try (var projector = Projector.start(Stage.arguments(stack, folder));
        var stage = new Stage(stack, folder)) {
      assertThat(projector.get("/", OWNER).body()).contains("<script type=\"module\"");
      for (var file : List.of("page.js", "live.js", "views.js", "page.css")) {
        assertThat(projector.get("/" + file, OWNER).statusCode()).as(file).isEqualTo(200);
      }
      var url = projector.url("/v1/stream");
      var page = node(SCRIPTS.resolve("follow.mjs").toString(), url, OWNER, jobId, "COMPLETED");

      stage
          .write(Topics.JOB_CONTROL, jobId, job.submit(1))
          .write(Topics.TASK_QUEUED, "t0", job.task("empty", 0, null))
          .write(Topics.MATCH_RESULT, "t0", job.match("empty"))
          .write(Topics.CLEANUP, jobId, job.cleaned());

      var shown = JsonMapper.shared().readTree(output(page));
      assertThat(shown.at("/id").asString()).isEqualTo(jobId);
      assertThat(shown.at("/state").asString()).isEqualTo("COMPLETED");
      assertThat(shown.at("/photos").asString()).isEqualTo("1 of 1");
      assertThat(shown.at("/share").asDouble()).isEqualTo(1);
      assertThat(shown.at("/bars").valueStream().mapToInt(bar -> bar.at("/count").asInt()).sum())
          .isEqualTo(1);
    }
  }

  private static Process node(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What hangs ends, and the test says what was printed until then. */
  private static String output(Process process) throws Exception {
    var guard = process.onExit().orTimeout(1, TimeUnit.MINUTES);
    guard.exceptionally(_ -> process.destroyForcibly());
    try (var said = process.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
