package facesort.inference.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.onnx.DeviceChoice;
import facesort.inference.onnx.ModelRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class InferenceSettingsTest {
  @Test
  void defaults_needNothing() {
    InferenceSettings settings = bound(Map.of());

    assertThat(settings.detect()).isEqualTo(new InferenceSettings.Detect(16, 3, 75));
    assertThat(settings.match())
        .isEqualTo(new InferenceSettings.Match(0.55f, 0.08f, 0.40f, Duration.ofSeconds(60)));
    assertThat(settings.models().cacheOrDefault()).endsWith(Path.of("facesort/edited-models"));
    assertThat(settings.models().choice()).isEqualTo(DeviceChoice.of("auto", 1L << 30));
  }

  @Test
  void everyKey_isRead() {
    InferenceSettings settings =
        bound(
            Map.of(
                "facesort.models.dir", "/models",
                "facesort.models.cache", "/cache",
                "facesort.models.device", "cuda:2",
                "facesort.models.gpu-memory", "256MB",
                "facesort.match.threshold", "0.6",
                "facesort.match.margin", "0.1",
                "facesort.match.review-from", "0.3",
                "facesort.match.gallery-wait", "5s"));

    assertThat(settings.models().required()).isEqualTo(Path.of("/models"));
    assertThat(settings.models().cacheOrDefault()).isEqualTo(Path.of("/cache"));
    assertThat(settings.models().choice()).isEqualTo(DeviceChoice.of("cuda:2", 256L << 20));
    assertThat(settings.match())
        .isEqualTo(new InferenceSettings.Match(0.6f, 0.1f, 0.3f, Duration.ofSeconds(5)));
  }

  @Test
  void waitThatNoDeadlineOutlasts_isRefusedByName() {
    assertThatThrownBy(() -> bound(Map.of("facesort.match.gallery-wait", "6m")))
        .rootCause()
        .hasMessage("facesort.match.gallery-wait is 'PT6M', it must be 0s to 5m");
  }

  @Test
  void deviceThatIsNone_andMemoryThatHoldsNothing_areRefusedByName() {
    assertThatThrownBy(() -> bound(Map.of("facesort.models.device", "gpu")))
        .rootCause()
        .hasMessage("facesort.models.device is 'gpu', it must be auto, cpu, cuda or cuda:N");
    assertThatThrownBy(() -> bound(Map.of("facesort.models.gpu-memory", "1MB")))
        .rootCause()
        .hasMessage("facesort.models.gpu-memory is '1048576B', it must be 64MB or more");
  }

  @Test
  void limitsOfFaces_areRead() {
    InferenceSettings settings =
        bound(
            Map.of(
                "facesort.detect.min-face-side", "24",
                "facesort.detect.min-sharpness", "8",
                "facesort.detect.max-turn", "60"));

    assertThat(settings.detect()).isEqualTo(new InferenceSettings.Detect(24, 8, 60));
  }

  @ParameterizedTest
  @CsvSource({
    "min-face-side, -1, '-1.0', it must be 0 or more",
    "min-sharpness, NaN, NaN, it must be 0 or more",
    "max-turn, 0, '0.0', 'it must be above 0, at most 180'"
  })
  void limitsThatNoFaceIsWithin_areRefusedByName(
      String key, String value, String shown, String allowed) {
    assertThatThrownBy(() -> bound(Map.of("facesort.detect." + key, value)))
        .rootCause()
        .hasMessage("facesort.detect.%s is '%s', %s".formatted(key, shown, allowed));
  }

  @Test
  void models_areRequiredWhereTheyAreUsed() {
    InferenceSettings settings = bound(Map.of());

    assertThatThrownBy(() -> settings.models().required())
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining("facesort.models.dir is not set");
  }

  private static InferenceSettings bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
        .bindOrCreate("facesort", InferenceSettings.class);
  }
}
