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
class ProjectorBenchIT {
  @TempDir private Path folder;

  /** The command itself checks each job's end, and the read model's hash. */
  @Test
  void benchProjector_bringsEveryJobToItsEndAndPrintsEveryFigure() throws Exception {
    JsonNode result =
        BenchRun.in(
            folder,
            "bench",
            "projector",
            "--quick",
            "--tasks",
            "400",
            "--jobs",
            "4",
            "--verbose",
            "-o",
            "json");

    for (String key :
        List.of(
            "events_per_s",
            "events_per_s_with_postgres",
            "raw_events_per_s",
            "memory_fold_events_per_s",
            "empty_topology_events_per_s",
            "ratio_to_raw",
            "ratio_to_empty_topology",
            "restart_sigterm_s",
            "restart_sigkill_s",
            "restore_s",
            "query_p99_ms",
            "query_with_postgres_p99_ms",
            "rss_mib")) {
      assertThat(result.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(result.path("tasks").intValue()).isEqualTo(400);
    assertThat(result.path("events").intValue()).isBetween(5 * 400, 7 * 400);
    assertThat(result.path("query_warm_answered_share").doubleValue()).isEqualTo(1);
    assertThat(result.path("ratio_to_empty_topology").doubleValue())
        .isEqualTo(
            result.path("events_per_s").doubleValue()
                / result.path("empty_topology_events_per_s").doubleValue());
    assertThat(result.path("figures").path("restart_sigkill_s").path("goal").doubleValue())
        .isEqualTo(5);
  }
}
