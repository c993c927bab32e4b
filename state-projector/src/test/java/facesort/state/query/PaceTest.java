package facesort.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.state.query.Pace.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void lately_countsTheLastMinute() {
    var pace = Pace.lately(new Progress(1000, 120, HOUR), 30);

    assertThat(pace).isEqualTo(new Pace(0.5, 240L, "30 photos in the last 60.0 s; 120 left"));
  }

  @Test
  void lately_countsSinceTheSubmission_whenThatWasLater() {
    var pace = Pace.lately(new Progress(30, 10, Duration.ofSeconds(15)), 30);

    assertThat(pace).isEqualTo(new Pace(2.0, 5L, "30 photos in the last 15.0 s; 10 left"));
  }

  @Test
  void lately_ofAJobThatStands_hasNoEta() {
    assertThat(Pace.lately(new Progress(5, 3, HOUR), 0))
        .isEqualTo(new Pace(0.0, null, "none in the last 60 s; 3 left"));
    assertThat(Pace.lately(new Progress(0, 3, HOUR), 0))
        .isEqualTo(new Pace(null, null, "no photo settled yet; 3 left"));
  }

  @Test
  void lately_ofAJobWhoseNumberIsNotKnown_hasARateAlone() {
    assertThat(Pace.lately(new Progress(60, null, HOUR), 60))
        .isEqualTo(
            new Pace(
                1.0, null, "60 photos in the last 60.0 s; nobody said how many there will be"));
  }

  @Test
  void settledJob_hasTheMeanOfItsWholeTime() {
    assertThat(Pace.lately(new Progress(100, 0, Duration.ofSeconds(50)), 0))
        .isEqualTo(new Pace(2.0, 0L, "100 photos in 50.0 s since the submission; 0 left"));
  }

  @Test
  void jobBegunAgain_hasNoMean() {
    assertThat(Pace.unknown(new Progress(3, 2, HOUR)))
        .isEqualTo(new Pace(null, null, "begun again; 2 left"));
  }
}
