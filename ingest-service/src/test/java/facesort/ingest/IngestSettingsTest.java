package facesort.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class IngestSettingsTest {

  @Test
  void defaults_areThoseOfTheContract() {
    var settings = bind(Map.of());

    assertThat(settings.spoolDir()).isEqualTo(Path.of("spool"));
    assertThat(settings.spoolPart()).isEqualTo(DataSize.ofMegabytes(8));
    assertThat(settings.spoolMemory()).isEqualTo(DataSize.ofMegabytes(32));
    assertThat(settings.rules().maxPhotos()).isEqualTo(20_000);
    assertThat(settings.rules().deadline()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void keys_setEachValue() {
    var settings =
        bind(
            Map.of(
                "spool-part", "1MB", "spool-memory", "2MB", "max-photos", "5", "deadline", "1h"));

    assertThat(settings)
        .isEqualTo(
            new IngestSettings(
                Path.of("spool"),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(2),
                5,
                Duration.ofHours(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "spool-part, -1MB",
    "spool-memory, 1MB",
    "max-photos, 0",
    "max-photos, 100001",
    "deadline, 59s"
  })
  void settings_refuseAValueWithItsKeyAndWhatIsAllowed(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of(key, value)))
        .rootCause()
        .hasMessageContaining("facesort.ingest." + key)
        .hasMessageContaining("must be");
  }

  private static IngestSettings bind(Map<String, String> values) {
    var properties = new HashMap<String, String>();
    properties.put("facesort.ingest.spool-dir", "spool");
    values.forEach((key, value) -> properties.put("facesort.ingest." + key, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bind("facesort.ingest", IngestSettings.class)
        .get();
  }
}
