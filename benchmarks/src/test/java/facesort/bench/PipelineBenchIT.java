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
class PipelineBenchIT {
  @TempDir private Path folder;

  @Test
  void benchPipeline_deliversWhatTheBareLoopSeesAndPrintsEveryFigure() throws Exception {
    JsonNode result =
        BenchRun.in(
            folder, "bench", "pipeline", "--quick", "--photos", "12", "--verbose", "-o", "json");

    for (String key :
        List.of(
            "photos_per_s",
            "bare_photos_per_s",
            "naive_photos_per_s",
            "ratio_to_bare",
            "ratio_to_naive",
            "cpu_ratio_to_bare")) {
      assertThat(result.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(result.path("photos").intValue()).isEqualTo(12);
    assertThat(result.path("faces_per_photo").doubleValue()).isBetween(2.0, 6.0);
    assertThat(result.path("deliveries").intValue()).isGreaterThan(12);
    assertThat(result.path("naive_same_friends").doubleValue()).isGreaterThanOrEqualTo(0.75);
    for (String part : List.of("kafka", "postgres", "s3", "telegram", "detect", "delivery")) {
      assertThat(result.path("stages").path("system_cpu_ms").path(part).isNumber())
          .as(part)
          .isTrue();
    }
    assertThat(result.path("stages").path("timeline_s").path("cleanup").doubleValue()).isPositive();
  }
}
