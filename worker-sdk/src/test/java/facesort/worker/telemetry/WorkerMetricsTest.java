package facesort.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkerMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final WorkerMetrics metrics = new WorkerMetrics(registry, "blur");

  @Test
  void everyMeter_isDescribed_andNoneIsLeftOut() {
    tellAll(metrics);

    var described =
        registry.getMeters().stream()
            .map(Meter::getId)
            .collect(
                Collectors.toMap(Meter.Id::getName, id -> String.valueOf(id.getDescription())));
    assertThat(described)
        .isEqualTo(
            Arrays.stream(WorkerMetric.values())
                .collect(Collectors.toMap(WorkerMetric::id, WorkerMetric::sentence)));
  }

  @Test
  void readme_hasTheTableOfMetrics() throws IOException {
    var table =
        Arrays.stream(WorkerMetric.values())
            .map(metric ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        metric.id(), metric.sentence(), metric.addsUpWith(), metric.wakeWhen()))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("README.md"))).contains(table);
  }

  @Test
  void tasks_areCountedByOutcomeAndCode() {
    metrics.tasks("bulk", "done", "NONE", 15);
    metrics.tasks("bulk", "rejected", "UNDECODABLE", 1);
    metrics.tasks("bulk", "done", "NONE", 16);

    assertThat(registry.get(WorkerMetric.TASKS.id()).tag("outcome", "done").counter().count())
        .isEqualTo(31);
    assertThat(registry.get(WorkerMetric.TASKS.id()).tag("code", "UNDECODABLE").counter().count())
        .isEqualTo(1);
  }

  @Test
  void gauges_goUpAndDown() {
    metrics.inFlight(5);
    metrics.inFlight(-2);
    metrics.dependencyDown("storage", true);
    metrics.dependencyDown("models", true);
    metrics.dependencyDown("models", false);

    assertThat(registry.get(WorkerMetric.IN_FLIGHT.id()).gauge().value()).isEqualTo(3);
    var down = WorkerMetric.DEPENDENCY_DOWN.id();
    assertThat(registry.get(down).tag("dependency", "storage").gauge().value()).isEqualTo(1);
    assertThat(registry.get(down).tag("dependency", "models").gauge().value()).isZero();
  }

  @Test
  void device_thatWasGivenUp_staysVisible() {
    metrics.device("cuda:0");
    metrics.device("cpu");

    var device = WorkerMetric.DEVICE.id();
    assertThat(registry.get(device).tag("device", "cuda:0").gauge().value()).isZero();
    assertThat(registry.get(device).tag("device", "cpu").gauge().value()).isEqualTo(1);
  }

  @Test
  void twoStages_shareOneRegistry() {
    new WorkerMetrics(registry, "sharpen").inFlight(4);
    metrics.inFlight(1);

    var inFlight = WorkerMetric.IN_FLIGHT.id();
    assertThat(registry.get(inFlight).tag("stage", "sharpen").gauge().value()).isEqualTo(4);
    assertThat(registry.get(inFlight).tag("stage", "blur").gauge().value()).isEqualTo(1);
  }

  private static void tellAll(WorkerMetrics metrics) {
    metrics.tasks("bulk", "done", "NONE", 1);
    metrics.step("process", Duration.ofMillis(3));
    metrics.bucket(8);
    metrics.batch("bulk", Duration.ofMillis(5));
    metrics.rollback("commit");
    metrics.childDied();
    metrics.careful(() -> true);
    metrics.abandonedThreads(1);
    metrics.inFlight(2);
    metrics.dependencyDown("storage", true);
    metrics.device("cpu");
  }
}
