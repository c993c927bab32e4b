package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatePerMinuteTest {

  /** A monotonic clock may start anywhere and run over. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  private final RatePerMinute rate = new RatePerMinute(nanos::get);

  @Test
  void now_countsTheLastMinuteOnly() {
    rate.add(3);
    pass(Duration.ofSeconds(30));
    rate.add(4);
    assertThat(rate.now()).isEqualTo(7);

    pass(Duration.ofSeconds(30));
    assertThat(rate.now()).isEqualTo(4);

    pass(Duration.ofSeconds(30));
    assertThat(rate.now()).isZero();
  }

  @Test
  void now_afterALongPause_isZeroAndCountsAgain() {
    rate.add(5);
    pass(Duration.ofDays(3));
    assertThat(rate.now()).isZero();

    rate.add(2);
    assertThat(rate.now()).isEqualTo(2);
  }

  @Test
  void steadyWork_showsItsRate() {
    for (var second = 0; second < 300; second++) {
      pass(Duration.ofSeconds(1));
      rate.add(10);
    }
    assertThat(rate.now()).isEqualTo(600);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
