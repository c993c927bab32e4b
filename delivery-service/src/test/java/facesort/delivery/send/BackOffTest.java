package facesort.delivery.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class BackOffTest {

  private final Hand clock = new Hand();
  private final BackOff backOff = new BackOff(clock, Duration.ofMillis(100), Duration.ofSeconds(1));

  @Test
  void failed_doublesTheWaitUpToTheLongest() {
    var waits = new ArrayList<Long>();
    for (int i = 0; i < 6; i++) {
      backOff.failed();
      waits.add(backOff.left().toMillis());
      clock.pass(backOff.left());
    }

    assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void failed_countsOnceWithinAWait() {
    backOff.failed();
    backOff.failed();

    assertThat(backOff.left()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void succeeded_startsFromTheShortestWaitAgain() {
    backOff.failed();
    clock.pass(backOff.left());
    backOff.succeeded();
    backOff.failed();

    assertThat(backOff.left()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void pauseFor_outlastsASuccess() {
    backOff.pauseFor(Duration.ofSeconds(35));
    backOff.succeeded();

    assertThat(backOff.left()).isEqualTo(Duration.ofSeconds(35));
    assertThat(backOff.failing()).isFalse();
  }

  @Test
  void pauseFor_isNeverShortened() {
    backOff.pauseFor(Duration.ofSeconds(35));
    backOff.pauseFor(Duration.ofSeconds(1));

    assertThat(backOff.left()).isEqualTo(Duration.ofSeconds(35));
  }

  private static final class Hand extends Clock {
    private Instant now = Instant.ofEpochSecond(1_000);

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
