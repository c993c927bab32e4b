package facesort.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.StackAddresses;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
  private final StackAddresses stack =
      new StackAddresses(
          "k:1",
          "http://r",
          "p",
          2,
          "db",
          "user",
          "pg-secret",
          "http://s",
          "region",
          "key",
          "s3-secret",
          "bucket",
          "http://t",
          "bot-token");
  private final ServiceEnvironment environment =
      new ServiceEnvironment(stack, Path.of("/data"), Path.of("/out"), Path.of("/models"));

  @Test
  void telegramToken_isToldToDeliveryAlone() {
    for (Service service : Service.values()) {
      assertThat(environment.of(service, 1).containsValue("bot-token"))
          .as(service.name())
          .isEqualTo(service == Service.DELIVERY);
    }
  }

  @Test
  void bucketKeys_areNotToldToTheProjector() {
    assertThat(environment.of(Service.PROJECTOR, 1)).doesNotContainValue("s3-secret");
  }

  @Test
  void everyService_hasItsPortAndItsOwnCache() {
    assertThat(environment.of(Service.MATCH, 4711))
        .containsEntry("SERVER_PORT", "4711")
        .containsEntry("FACESORT_REGISTRY_CACHEFILE", "/data/services/match/schema-cache.json");
  }

  @Test
  void settings_refuseAPortOfNothing() {
    assertThatThrownBy(() -> new SystemSettings(Path.of("d"), Path.of("o"), Map.of("mailer", 25)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port mailer=25: NAME is one of delivery, detect, enroll");
  }

  @Test
  void settings_passFixedPortsOn() {
    SystemSettings settings =
        new SystemSettings(Path.of("d"), Path.of("o"), Map.of("kafka", 9092, "ingest", 8080));

    assertThat(settings.stackPorts().kafka()).isEqualTo(9092);
    assertThat(settings.port("ingest")).isEqualTo(8080);
    assertThat(settings.port("match")).isZero();
  }
}
