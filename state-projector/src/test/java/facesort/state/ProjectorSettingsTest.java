package facesort.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProjectorSettingsTest {

  @Test
  void defaults_areThoseOfOneSmallMachine() {
    assertThat(bound(Map.of()))
        .isEqualTo(
            new ProjectorSettings(
                Path.of(".facesort/state-projector"),
                1,
                Duration.ofMillis(200),
                Duration.ofDays(1),
                Duration.ofDays(30),
                500));
  }

  @Test
  void everyKey_isRead() {
    var settings =
        bound(
            Map.of(
                "facesort.projector.state-dir", "/data/state",
                "facesort.projector.threads", "2",
                "facesort.projector.commit-every", "1s",
                "facesort.projector.cleanup-grace", "1h",
                "facesort.projector.failed-retention", "2d",
                "facesort.projector.batch", "10"));

    assertThat(settings)
        .isEqualTo(
            new ProjectorSettings(
                Path.of("/data/state"),
                2,
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                Duration.ofDays(2),
                10));
  }

  @ParameterizedTest
  @CsvSource({
    "threads,0",
    "threads,13",
    "commit-every,0s",
    "commit-every,6s",
    "cleanup-grace,-1s",
    "failed-retention,-1s",
    "batch,0",
    "batch,501"
  })
  void impossibleValue_isRefusedWithItsKey(String key, String value) {
    assertThatThrownBy(() -> bound(Map.of("facesort.projector." + key, value)))
        .rootCause()
        .hasMessageContaining("facesort.projector." + key);
  }

  private static ProjectorSettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("facesort.projector", ProjectorSettings.class);
  }
}
