package facesort.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.state.query.Pace.Progress;
import facesort.state.query.SettledLately.Recent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static final Duration MINUTE = Duration.ofSeconds(60);

  @Test
  void jobAtWork_isCountedByTheLastMinute() {
    assertThat(Pace.of(new Progress(1000, 120, HOUR), recent(30, MINUTE), 1))
        .isEqualTo(new Pace(0.5, 240L, "30 photos in the last 60.0 s; 120 left"));
    assertThat(Pace.of(new Progress(30, 10, HOUR), recent(30, Duration.ofSeconds(15)), 0))
        .isEqualTo(new Pace(2.0, 5L, "30 photos in the last 15.0 s; 10 left"));
  }

  @Test
  void jobThatStands_hasNoEta() {
    assertThat(Pace.of(new Progress(5, 3, HOUR), recent(0, MINUTE), 0))
        .isEqualTo(new Pace(0.0, null, "none in the last 60.0 s; 3 left"));
    assertThat(Pace.of(new Progress(0, 3, HOUR), recent(0, MINUTE), 0))
        .isEqualTo(new Pace(null, null, "no photo settled yet; 3 left"));
  }

  @Test
  void jobWhoseNumberIsNotKnown_hasARateAlone() {
    assertThat(Pace.of(new Progress(60, null, HOUR), recent(60, MINUTE), 0))
        .isEqualTo(
            new Pace(
                1.0, null, "60 photos in the last 60.0 s; nobody said how many there will be"));
  }

  @Test
  void jobOfWhichNothingIsKnownLately_hasTheMeanOfItsFirstRun() {
    assertThat(Pace.of(new Progress(100, 50, Duration.ofSeconds(50)), Optional.empty(), 0))
        .isEqualTo(new Pace(2.0, 25L, "100 photos in 50.0 s since the submission; 50 left"));
    assertThat(Pace.of(new Progress(3, 2, HOUR), Optional.empty(), 1))
        .isEqualTo(new Pace(null, null, "begun again; 2 left"));
  }

  @Test
  void settledJob_hasTheMeanOfItsWholeTime() {
    assertThat(Pace.of(new Progress(100, 0, Duration.ofSeconds(50)), recent(9, MINUTE), 0))
        .isEqualTo(new Pace(2.0, 0L, "100 photos in 50.0 s since the submission; 0 left"));
  }

  private static Optional<Recent> recent(int photos, Duration in) {
    return Optional.of(new Recent(photos, in));
  }
}
