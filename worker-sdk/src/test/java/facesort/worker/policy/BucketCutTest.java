package facesort.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketCutTest {
  private static final Duration MOST_WORK = Duration.ofMillis(500);
  private static final int[] SIZES = {1, 8, 16, 32};

  private final BucketCut cut = new BucketCut(SIZES, MOST_WORK);

  @ParameterizedTest(name = "{0} tasks of {1} ms: {2}")
  @CsvSource({
    "100,      , 1",
    "100,     0, 32",
    "100,    15, 32",
    "100,    16, 16",
    "100,    31, 16",
    "100,    32, 8",
    "100,    62, 8",
    "100,    63, 1",
    "100, 60000, 1",
    "  5,    15, 5",
    "  5,    63, 1",
    "  1,     0, 1",
  })
  void next_isTheLargestSizeWhoseWorkIsAllowed(int remaining, Long millis, int size) {
    Duration perTask = millis == null ? null : Duration.ofMillis(millis);

    assertThat(cut.next(remaining, perTask)).isEqualTo(size);
  }

  @Test
  void next_takesTheSmallestSizeAtLeast() {
    BucketCut large = new BucketCut(new int[] {4, 8}, MOST_WORK);

    assertThat(large.next(100, Duration.ofMinutes(1))).isEqualTo(4);
    assertThat(large.next(100, null)).isEqualTo(4);
  }

  @Test
  void next_cutsEveryBatchWholeAndNeverAboveTheWork() {
    for (int seed = 0; seed < 500; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Duration perTask = Duration.ofMillis(random.nextInt(400));
      int remaining = 1 + random.nextInt(200);

      while (remaining > 0) {
        int size = cut.next(remaining, perTask);
        assertThat(size).as("seed %d", seed).isBetween(1, remaining);
        if (size > SIZES[0]) {
          assertThat(perTask.multipliedBy(size)).as("seed %d", seed).isLessThanOrEqualTo(MOST_WORK);
        }
        remaining -= size;
      }
    }
  }

  @Test
  void sizes_mustAscendFromOne() {
    assertThatThrownBy(() -> new BucketCut(new int[0], MOST_WORK))
        .hasMessageContaining("needs bucket sizes");
    assertThatThrownBy(() -> new BucketCut(new int[] {0, 8}, MOST_WORK))
        .hasMessageContaining("from 1 up");
    assertThatThrownBy(() -> new BucketCut(new int[] {1, 8, 8}, MOST_WORK))
        .hasMessage("Bucket sizes ascend, but 8 follows 8");
  }
}
