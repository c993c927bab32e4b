package facesort.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  @Test
  void delay_doublesUpToTheLongest() {
    RestartPolicy policy = new RestartPolicy(Duration.ofMillis(200), Duration.ofSeconds(1));

    assertThat(policy.delay(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.delay(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy.delay(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.delay(4_000)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void appliesTo_isFalseForAFencedProcess() {
    assertThat(RestartPolicy.appliesTo(75)).isFalse();
    assertThat(RestartPolicy.appliesTo(137)).isTrue();
  }

  @Test
  void policy_refusesALongestBelowTheFirst() {
    assertThatThrownBy(() -> new RestartPolicy(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("firstDelay <= maxDelay");
  }
}
