package facesort.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest(name = "after {0} failures about {1} ms")
  @CsvSource({
    "1, 500",
    "2, 1000",
    "3, 2000",
    "4, 4000",
    "5, 8000",
    "6, 10000",
    "7, 10000",
    "1000, 10000",
    "2147483647, 10000",
  })
  void next_doublesToTenSeconds_aFifthMoreOrLess(int failures, long millis) {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator random = new SplittableRandom(seed);

      assertThat(Backoff.next(failures, random))
          .as("seed %d", seed)
          .isBetween(Duration.ofMillis(millis * 8 / 10), Duration.ofMillis(millis * 12 / 10));
    }
  }

  @Test
  void next_differsBetweenWorkers() {
    Set<Duration> waits = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      waits.add(Backoff.next(3, new SplittableRandom(seed)));
    }
    assertThat(waits).hasSizeGreaterThan(40);
  }
}
