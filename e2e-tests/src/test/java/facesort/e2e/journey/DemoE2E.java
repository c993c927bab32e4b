package facesort.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A newcomer's first command, and the worst moment to pull the plug. */
class DemoE2E {

  private static final Set<String> KEYS =
      Set.of(
          "job_id",
          "state",
          "photos",
          "faces",
          "deliveries",
          "held",
          "duplicate_sends",
          "missing_sends",
          "seconds",
          "startup_seconds");

  @Test
  void demo_deliversEachFriendTheirPhotosOnce(@TempDir(factory = BelowTarget.class) Path folder)
      throws Exception {
    var facesort = new FacesortCommand(folder);

    var demo = facesort.run("demo", "-o", "json", "--out", folder.resolve("OUT").toString());

    assertThat(demo.exitCode()).as(facesort.errors()).isZero();
    assertComplete(demo.json());
    // The exit code says that the truth file was met: nobody got a photo he or she is not on.
    assertThat(albumsOf(folder.resolve("OUT")))
        .containsExactly("ada", "bea", "cleo", "dora", "elsa", "fay", "gina", "hana");
    assertThat(processesOf(facesort)).isEmpty();
  }

  @Test
  void demo_isFinishedAfterAKillOfEverything(@TempDir(factory = BelowTarget.class) Path folder)
      throws Exception {
    var facesort = new FacesortCommand(folder);
    var output = folder.resolve("killed.txt");
    var out = folder.resolve("OUT").toString();
    var launcher = facesort.start(output, "demo", "--out", out);
    try {
      var job = JobId.awaitIn(output, launcher);
      KillAll.of(facesort, launcher);
      assertThat(facesort.run("up", "--detach").exitCode()).as(facesort.errors()).isZero();
      assertThat(facesort.run("job", "wait", job).exitCode()).as(facesort.errors()).isZero();
      var check = facesort.run("demo", "--check", job, "-o", "json");

      assertThat(check.exitCode()).as(facesort.errors()).isZero();
      assertComplete(check.json());
    } finally {
      launcher.destroyForcibly();
      facesort.run("down");
    }
    assertThat(processesOf(facesort)).isEmpty();
  }

  private static void assertComplete(JsonNode answer) {
    assertThat(new TreeSet<>(answer.propertyNames())).isEqualTo(new TreeSet<>(KEYS));
    assertThat(answer.get("state").asString()).isEqualTo("COMPLETED");
    var photos = answer.get("photos");
    assertThat(photos.get("total").asInt()).isEqualTo(15);
    assertThat(photos.get("failed").asInt()).isEqualTo(1);
    assertThat(photos.get("no_face").asInt()).isEqualTo(1);
    assertThat(
            photos.get("matched").asInt()
                + photos.get("no_match").asInt()
                + photos.get("duplicate").asInt())
        .isEqualTo(13);
    assertThat(answer.get("duplicate_sends").asInt()).isZero();
    assertThat(answer.get("missing_sends").asInt()).isZero();
  }

  /** Friends who have a photo. */
  private static Set<String> albumsOf(Path out) throws IOException {
    try (var files = Files.walk(out, 2)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).getName(0).toString())
          .filter(name -> !name.startsWith("."))
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> processesOf(FacesortCommand facesort) {
    return KillAll.commandsNaming(facesort.data());
  }
}
