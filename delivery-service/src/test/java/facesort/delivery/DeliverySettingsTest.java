package facesort.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.service.sql.PostgresSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliverySettingsTest {

  @Test
  void defaults_areThoseOfTheDocumentation() {
    var settings = bind(Map.of());

    assertThat(settings.folderRoot()).isEqualTo(Path.of("out"));
    assertThat(settings.albums()).isEqualTo(2);
    assertThat(settings.fetches()).isEqualTo(4);
    assertThat(settings.expireAfter()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.longestClaim()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.stopWithin()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.firstBackOff()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.longestBackOff()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.telegram().apiUrl()).isEqualTo(URI.create("https://api.telegram.org"));
    assertThat(settings.telegram().configured()).isFalse();
    assertThat(settings.telegram().limits()).isTrue();
    assertThat(settings.telegram().perSecond()).isEqualTo(30);
    assertThat(settings.telegram().chatPerSecond()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "albums, 0",
    "fetches, 0",
    "expire-after, 0s",
    "stop-within, -1s",
    "first-back-off, 0s",
    "longest-back-off, 0s",
    "longest-claim, 2m",
    "telegram.connect-within, 0s",
    "telegram.answer-within, 0s",
    "telegram.per-second, 0",
    "telegram.burst, 9",
    "telegram.chat-per-second, 0",
    "telegram.chat-burst, 0"
  })
  void bind_refusesWhatCannotWorkAndNamesIt(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of("facesort.delivery." + key, value)))
        .rootCause()
        .hasMessageContaining("facesort.delivery." + key);
  }

  @Test
  void token_isNotInTheTextOfTheSettings() {
    var settings = bind(Map.of("facesort.delivery.telegram.token", "12345:secret"));

    assertThat(settings.telegram().configured()).isTrue();
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void password_isNotInTheTextOfTheSettings() {
    assertThat(new PostgresSettings("r2dbc:postgresql://h:1/d", "user", "secret").toString())
        .doesNotContain("secret");
  }

  private static DeliverySettings bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("facesort.delivery", DeliverySettings.class);
  }
}
