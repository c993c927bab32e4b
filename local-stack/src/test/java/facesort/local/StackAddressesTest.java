package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StackAddressesTest {

  @Test
  void fromEnvironment_isEmptyWithoutABroker() {
    assertThat(StackAddresses.fromEnvironment(Map.of("FACESORT_S3_REGION", "x"))).isEmpty();
  }

  @Test
  void fromEnvironment_namesWhatIsMissing() {
    assertThatThrownBy(
            () -> StackAddresses.fromEnvironment(Map.of("FACESORT_BOOTSTRAP_SERVERS", "b:1")))
        .hasMessageContaining("FACESORT_REGISTRY_URL must be set too");
  }

  @Test
  void urls_nameHostPortAndDatabase() {
    StackAddresses addresses = StackAddresses.of(new Ports(1, 2, 3, 4, 5, 6, 7), Secrets.draw());

    assertThat(addresses.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:5/facesort");
    assertThat(addresses.r2dbcUrl()).isEqualTo("r2dbc:postgresql://127.0.0.1:5/facesort");
    assertThat(addresses.registryUrl()).isEqualTo("http://127.0.0.1:3/apis/ccompat/v7");
  }
}
