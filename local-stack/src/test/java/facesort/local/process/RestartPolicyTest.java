package facesort.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  @Test
  void delay_doublesUpToTheLongest() {
    RestartPolicy policy = new RestartPolicy(true, Duration.ofMillis(200), Duration.ofSeconds(1));

    assertThat(policy.delay(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.delay(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy.delay(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.delay(4_000)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void appliesTo_isFalseForAFencedProcess() {
    assertThat(RestartPolicy.always().appliesTo(75)).isFalse();
    assertThat(RestartPolicy.always().appliesTo(137)).isTrue();
    assertThat(RestartPolicy.never().appliesTo(1)).isFalse();
  }

  @Test
  void policy_refusesALongestBelowTheFirst() {
    assertThatThrownBy(() -> new RestartPolicy(true, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("firstDelay <= maxDelay");
  }
}
