package facesort.worker.policy;

import static facesort.worker.policy.LaneKind.BULK;
import static facesort.worker.policy.LaneKind.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneOrderTest {

  @ParameterizedTest(name = "interactive waits: {0}, bulk waits: {1}, passed over {2}: {3}")
  @CsvSource({
    "false, false, 9,",
    "true,  false, 0, INTERACTIVE",
    "true,  false, 9, INTERACTIVE",
    "false, true,  0, BULK",
    "true,  true,  0, INTERACTIVE",
    "true,  true,  3, INTERACTIVE",
    "true,  true,  4, BULK",
    "true,  true,  9, BULK",
  })
  void next_isInteractiveUnlessBulkIsDue(
      boolean interactive, boolean bulk, int passedOver, LaneKind next) {
    LaneOrder order = new LaneOrder(5, passedOver);

    assertThat(order.next(interactive, bulk).orElse(null)).isEqualTo(next);
  }

  @Test
  void after_countsOnlyWhileBulkWaits_andForgetsWithABulkBucket() {
    LaneOrder order = new LaneOrder(5, 2);

    assertThat(order.after(INTERACTIVE, true).passedOver()).isEqualTo(3);
    assertThat(order.after(INTERACTIVE, false).passedOver()).isEqualTo(2);
    assertThat(order.after(BULK, true).passedOver()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 2", "0.4, 2", "0.3, 3", "0.2, 5", "0.1, 10", "0.01, 100"})
  void withShare_givesAtLeastTheShare(double share, int every) {
    assertThat(LaneOrder.withShare(share)).isEqualTo(new LaneOrder(every, 0));
    assertThat(1.0 / every).isGreaterThanOrEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.2, 0.009, 0.51, 1, Double.NaN})
  void withShare_refusesWhatStarvesALane(double share) {
    assertThatThrownBy(() -> LaneOrder.withShare(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("facesort.worker.bulk-share is " + share);
  }

  @Test
  void bothAlwaysWaiting_bulkGetsEveryFifthTurn() {
    LaneOrder order = LaneOrder.withShare(0.2);
    int bulk = 0;
    for (int turn = 0; turn < 1000; turn++) {
      LaneKind given = order.next(true, true).orElseThrow();
      bulk += given == BULK ? 1 : 0;
      order = order.after(given, true);
    }
    assertThat(bulk).isEqualTo(200);
  }

  @Test
  void arrivalsAtRandom_starveNobody() {
    for (int seed = 0; seed < 500; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      double often = random.nextDouble();
      double share = random.nextDouble(0.01, 0.5);
      LaneOrder order = LaneOrder.withShare(share);
      int interactiveWaited = 0;
      int bulkWaited = 0;
      boolean interactive = false;
      boolean bulk = false;
      for (int turn = 0; turn < 300; turn++) {
        interactive |= random.nextDouble() < often;
        bulk |= random.nextDouble() < 0.7;
        LaneKind given = order.next(interactive, bulk).orElse(null);
        if (given == null) {
          continue;
        }
        interactiveWaited = interactive && given == BULK ? interactiveWaited + 1 : 0;
        bulkWaited = bulk && given == INTERACTIVE ? bulkWaited + 1 : 0;
        order = order.after(given, bulk && given != BULK);
        interactive &= given != INTERACTIVE;
        bulk &= given != BULK;

        assertThat(interactiveWaited).as("seed %d", seed).isLessThanOrEqualTo(1);
        assertThat((bulkWaited + 1) * share).as("seed %d", seed).isLessThanOrEqualTo(1 + 1e-6);
      }
    }
  }

  @Test
  void interactiveThatComesWhileABulkBucketRuns_isNext() {
    for (int passedOver = 0; passedOver < 9; passedOver++) {
      LaneOrder running = new LaneOrder(5, passedOver).after(BULK, true);

      assertThat(running.next(true, true)).contains(INTERACTIVE);
    }
  }
}
