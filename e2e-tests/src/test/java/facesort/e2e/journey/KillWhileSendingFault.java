package facesort.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL for everything as soon as the first photo has arrived at a friend. What went out is never
 * sent again; an album whose answer was lost is the one thing that may be missing, and is shown.
 */
class KillWhileSendingFault {

  @Test
  void kill_whileAlbumsGoOut_sendsNothingTwice(@TempDir(factory = BelowTarget.class) Path folder)
      throws Exception {
    var facesort = new FacesortCommand(folder);
    var output = folder.resolve("killed.txt");
    var out = folder.resolve("OUT");
    var launcher = facesort.start(output, "demo", "--out", out.toString());
    try {
      var job = JobId.awaitIn(output, launcher);
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> hasAlbum(out));
      KillAll.of(facesort, launcher);
      assertThat(facesort.run("up", "--detach").exitCode()).as(facesort.errors()).isZero();
      assertThat(facesort.run("job", "wait", job).exitCode()).as(facesort.errors()).isZero();

      var answer = facesort.run("demo", "--check", job, "-o", "json").json();
      var shown = facesort.run("job", "show", job, "-o", "json").json();

      assertThat(answer.get("state").asString()).isEqualTo("COMPLETED");
      assertThat(answer.get("duplicate_sends").asInt()).isZero();
      assertThat(answer.get("missing_sends").asInt()).isLessThanOrEqualTo(unknown(shown));
    } finally {
      launcher.destroyForcibly();
      facesort.run("down");
    }
  }

  private static int unknown(tools.jackson.databind.JsonNode job) {
    return job.at("/deliveries/unknown").asInt(job.at("/job/deliveries/unknown").asInt());
  }

  private static boolean hasAlbum(Path out) throws IOException {
    try (var files = Files.walk(out, 2)) {
      return files
          .filter(file -> !out.relativize(file).getName(0).toString().startsWith("."))
          .anyMatch(file -> Files.isRegularFile(file) && file.toString().endsWith(".jpg"));
    }
  }
}
