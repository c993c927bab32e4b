package facesort.delivery.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.delivery.telegram.RateLimits.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  @Test
  void take_holdsAChatBackAfterItsBurst() {
    var limits = RateLimits.of(new Rate(1000, 1000), new Rate(1, 2));

    assertThat(limits.take("a", 10)).isZero();
    assertThat(limits.take("a", 10)).isZero();
    assertThat(limits.take("a", 10)).isPositive();
    assertThat(limits.take("b", 10)).as("another chat").isZero();
  }

  @Test
  void take_countsEveryPhotoForTheBot() {
    var limits = RateLimits.of(new Rate(1, 15), new Rate(1000, 1000));

    assertThat(limits.take("a", 10)).isZero();
    assertThat(limits.take("b", 10)).isPositive();
    assertThat(limits.take("b", 5)).as("a refusal took nothing").isZero();
  }

  @Test
  void none_neverHoldsBack() {
    var limits = RateLimits.none();

    for (int i = 0; i < 100; i++) {
      assertThat(limits.take("a", 10)).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void rate_refusesLessThanOne() {
    assertThatThrownBy(() -> new Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
