package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.match.MatchPolicy;
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
  void defaults_needOnlyARole() {
    InferenceSettings settings = bound(Map.of("facesort.role", "match"));

    assertThat(settings.role()).isEqualTo(Role.MATCH);
    assertThat(settings.work().batch()).isEqualTo(16);
    assertThat(settings.work().threadsOrCores()).isPositive();
    assertThat(settings.match().policy()).isEqualTo(MatchPolicy.DEFAULT);
    assertThat(settings.match().galleryWait()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void everyKey_isRead() {
    InferenceSettings settings =
        bound(
            Map.of(
                "facesort.role", "detect",
                "facesort.models.dir", "/models",
                "facesort.models.cache", "/cache",
                "facesort.work.batch", "5",
                "facesort.work.threads", "3",
                "facesort.match.threshold", "0.6",
                "facesort.match.margin", "0.1",
                "facesort.match.review-from", "0.3",
                "facesort.match.gallery-wait", "5s"));

    assertThat(settings.models().required()).isEqualTo(Path.of("/models"));
    assertThat(settings.models().cacheOrDefault()).isEqualTo(Path.of("/cache"));
    assertThat(settings.work()).isEqualTo(new InferenceSettings.Work(5, 3));
    assertThat(settings.match().policy()).isEqualTo(new MatchPolicy(0.6f, 0.1f, 0.3f));
    assertThat(settings.match().galleryWait()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "facesort.work.batch, 0",
    "facesort.work.threads, -1",
    "facesort.match.gallery-wait, 6m",
  })
  void badValue_isRefusedByName(String key, String value) {
    assertThatThrownBy(() -> bound(Map.of("facesort.role", "match", key, value)))
        .rootCause()
        .hasMessageContaining(key + " is '");
  }

  @Test
  void role_isRequired() {
    assertThatThrownBy(() -> bound(Map.of("facesort.work.batch", "1")))
        .rootCause()
        .hasMessageContaining("facesort.role is 'null', it must be detect, match or enroll");
  }

  @Test
  void models_areRequiredWhereTheyAreUsed() {
    InferenceSettings settings = bound(Map.of("facesort.role", "detect"));

    assertThatThrownBy(() -> settings.models().required())
        .hasMessageContaining("facesort.models.dir is not set");
  }

  @Test
  void roleArgument_isASetting() {
    assertThat(InferenceApplication.settings("--role", "match", "--facesort.slot=1"))
        .containsExactly("--facesort.role=match", "--facesort.slot=1");
    assertThat(InferenceApplication.settings("--role=enroll"))
        .containsExactly("--facesort.role=enroll");
  }

  private static InferenceSettings bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(new HashMap<>(settings)))
        .bind("facesort", InferenceSettings.class)
        .get();
  }
}
