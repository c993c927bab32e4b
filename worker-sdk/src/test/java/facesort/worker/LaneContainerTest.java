package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LaneContainerTest {

  @Test
  void longestBatch_isTheDeadlinesOfAllItsTasksAndAMinute() {
    assertThat(LaneContainer.longestBatch(Duration.ofSeconds(60), 16))
        .isEqualTo(Duration.ofSeconds(60 * 16 + 60));
  }

  @Test
  void longestBatch_fitsIntoTheSettingThatTakesIt() {
    assertThat(LaneContainer.longestBatch(Duration.ofDays(1), 2000))
        .isEqualTo(Duration.ofMillis(Integer.MAX_VALUE));
  }
}
