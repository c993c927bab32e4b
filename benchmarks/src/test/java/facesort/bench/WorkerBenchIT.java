package facesort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

@Execution(ExecutionMode.CONCURRENT)
class WorkerBenchIT {
  @TempDir private Path folder;

  @Test
  void benchWorker_answersEveryTaskOnceAndPrintsEveryFigure() throws Exception {
    JsonNode result = BenchRun.in(folder, "bench", "worker", "--quick", "--verbose", "-o", "json");

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
        BenchRun.in(
            folder,
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
}
