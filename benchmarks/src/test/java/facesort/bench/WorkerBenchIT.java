package facesort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.ProjectHome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkerBenchIT {

  @Test
  void benchWorker_answersEveryTaskOnceAndPrintsEveryFigure() throws Exception {
    JsonNode result = run("bench", "worker", "--quick", "-o", "json");

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
        run("chaos", "worker", "--kills", "2", "--photos", "40", "--killers", "1", "-o", "json");

    assertThat(verdict.path("kills").intValue()).isEqualTo(2);
    assertThat(verdict.path("lost").intValue()).isZero();
    assertThat(verdict.path("duplicated").intValue()).isZero();
    assertThat(verdict.path("innocents").intValue()).isZero();
    assertThat(verdict.path("quarantined").intValue()).isEqualTo(1);
  }

  /** The command in a process of its own; its exit code must be 0. */
  private static JsonNode run(String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "facesort.bench.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(ProjectHome.find().path().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var printed = new ByteArrayOutputStream();
    process.getInputStream().transferTo(printed);
    assertThat(process.waitFor()).isZero();
    return JsonMapper.shared().readTree(printed.toString(StandardCharsets.UTF_8));
  }
}
