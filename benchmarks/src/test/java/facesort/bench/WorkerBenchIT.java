package facesort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.ProjectHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkerBenchIT {
  @TempDir private Path folder;

  @Test
  void benchWorker_answersEveryTaskOnceAndPrintsEveryFigure() throws Exception {
    JsonNode result = run("bench", "worker", "--quick", "--verbose", "-o", "json");

    for (String key :
        List.of(
            "ratio_to_raw",
            "ratio_to_spring_batch",
            "ratio_to_spring_record",
            "ratio_to_parallel_consumer",
            "recovery_same_slot_ms",
            "takeover_ms",
            "read_committed_stall_ms",
            "sigterm_pause_ms",
            "interactive_p99_ratio",
            "floor")) {
      assertThat(result.path(key).isNumber()).as(key).isTrue();
      assertThat(result.path(key).doubleValue()).as(key).isNotNegative();
    }
    assertThat(result.path("figures").path("ratio_to_raw").path("samples").size()).isPositive();
  }

  @Test
  void chaosWorker_losesNothing() throws Exception {
    JsonNode verdict =
        run(
            "chaos",
            "worker",
            "--kills",
            "2",
            "--photos",
            "40",
            "--killers",
            "1",
            "--verbose",
            "-o",
            "json");

    assertThat(verdict.path("kills").intValue()).isEqualTo(2);
    assertThat(verdict.path("lost").intValue()).isZero();
    assertThat(verdict.path("duplicated").intValue()).isZero();
    assertThat(verdict.path("innocents").intValue()).isZero();
    assertThat(verdict.path("quarantined").intValue()).isEqualTo(1);
  }

  /**
   * The command in a process of its own; its exit code must be 0. No JVM of it compiles for speed:
   * what counts here is the output, and most of the time is theirs to start.
   */
  private JsonNode run(String... words) throws Exception {
    List<String> arguments = List.of(words);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "facesort.bench.Main"));
    command.addAll(arguments);
    Path printed = folder.resolve("printed");
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ProjectHome.find().path().toFile())
            .redirectOutput(printed.toFile())
            .redirectError(said.toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    int status = builder.start().waitFor();
    assertThat(status)
        .as(() ->
            "status of %s, which said:%n%s%n%s".formatted(arguments, text(said), text(printed)))
        .isZero();
    return JsonMapper.shared().readTree(text(printed));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
