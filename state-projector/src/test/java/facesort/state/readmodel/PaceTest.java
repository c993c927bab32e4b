package facesort.state.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void eta_isWhatIsLeftAtTheRateSoFar() {
    assertThat(Pace.of(20, 50, Duration.ofSeconds(10))).isEqualTo(new Pace(2.0, 15L));
  }

  @Test
  void nothingIsKnown_beforeTheFirstPhotoIsSettled() {
    assertThat(Pace.of(0, 50, Duration.ofSeconds(10))).isEqualTo(new Pace(null, null));
  }

  @Test
  void eta_isZero_whenAllAreSettled() {
    assertThat(Pace.of(5, 5, Duration.ofSeconds(2))).isEqualTo(new Pace(2.5, 0L));
  }

  @Test
  void rate_isNotKnown_beforeTheSubmissionIs() {
    assertThat(Pace.of(5, 6, null)).isEqualTo(new Pace(null, null));
  }
}
