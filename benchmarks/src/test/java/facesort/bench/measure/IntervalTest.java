package facesort.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void of_equalSamplesHaveNoWidth() {
    assertThat(Interval.of(List.of(2.0, 2.0, 2.0))).isEqualTo(new Interval(2, 2, 2));
  }

  @Test
  void of_holdsTheMedianAndIsNarrowerThanTheSamples() {
    List<Double> samples = IntStream.rangeClosed(1, 101).mapToObj(i -> (double) i).toList();

    Interval interval = Interval.of(samples);

    assertThat(interval.median()).isEqualTo(51);
    assertThat(interval.low()).isBetween(30.0, 50.0);
    assertThat(interval.high()).isBetween(52.0, 72.0);
  }

  @Test
  void percentile_liesBetweenTheNearestRanks() {
    assertThat(Percentile.of(List.of(10, 20, 30, 40), 50)).isEqualTo(25);
    assertThat(Percentile.of(List.of(10, 20, 30, 40), 99)).isCloseTo(39.7, within(1e-9));
    assertThat(Percentile.of(List.of(7), 99)).isEqualTo(7);
  }

  @Test
  void figure_meetsItsGoalInItsOwnDirection() {
    assertThat(Figure.atLeast(0.8, "ratio", List.of(0.9)).met()).isTrue();
    assertThat(Figure.atLeast(0.8, "ratio", List.of(0.7)).met()).isFalse();
    assertThat(Figure.atMost(1000, "time", List.of(900.0, 950.0, 2000.0)).met()).isTrue();
    assertThat(Figure.atMost(1000, "time", List.of(900.0, 950.0, 2000.0)).byMax().met()).isFalse();
  }
}
