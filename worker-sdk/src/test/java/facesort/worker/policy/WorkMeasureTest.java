package facesort.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class WorkMeasureTest {
  private final WorkMeasure measure = new WorkMeasure();

  @Test
  void perTask_isUnknownAtFirst() {
    assertThat(measure.perTask()).isNull();
  }

  @Test
  void perTask_followsTheNewestByAQuarter() {
    measure.record(4, Duration.ofMillis(400));
    assertThat(measure.perTask()).isEqualTo(Duration.ofMillis(100));

    measure.record(1, Duration.ofMillis(200));
    assertThat(measure.perTask()).isEqualTo(Duration.ofMillis(125));
  }

  @Test
  void perTask_staysBetweenTheExtremes() {
    for (int seed = 0; seed < 100; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      WorkMeasure mean = new WorkMeasure();
      for (int i = 0; i < 50; i++) {
        int tasks = 1 + random.nextInt(32);
        mean.record(tasks, Duration.ofMillis(random.nextLong(10, 90) * tasks));
        assertThat(mean.perTask())
            .as("seed %d", seed)
            .isBetween(Duration.ofMillis(10), Duration.ofMillis(90));
      }
    }
  }
}
