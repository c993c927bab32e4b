package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facesort.inference.face.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarityTest {
  private static final List<Point> SQUARE =
      List.of(new Point(0, 0), new Point(10, 0), new Point(10, 10), new Point(0, 10));

  @Test
  void fit_findsAQuarterTurnTwiceAsLarge() {
    List<Point> turned =
        List.of(new Point(5, 7), new Point(5, 27), new Point(-15, 27), new Point(-15, 7));

    Similarity fit = Similarity.fit(SQUARE, turned);

    assertThat(fit).isEqualTo(new Similarity(0, 2, 5, 7));
    assertThat(fit.scale()).isEqualTo(2);
  }

  @Test
  void fit_ofUnequalShapes_isTheLeastSquaresOne() {
    // Stretched by 1.5 and 0.5: the best uniform scale is their mean.
    List<Point> stretched =
        List.of(new Point(0, 0), new Point(15, 0), new Point(15, 5), new Point(0, 5));

    assertThat(Similarity.fit(SQUARE, stretched)).isEqualTo(new Similarity(1, 0, 2.5f, -2.5f));
  }

  @Test
  void inverse_bringsPointsBack() {
    Similarity there = new Similarity(0.8f, -0.6f, 30, -4);

    Point point = there.apply(12, 5);
    Point back = there.inverse().apply(point.x(), point.y());

    assertThat(back.x()).isCloseTo(12, within(1e-4f));
    assertThat(back.y()).isCloseTo(5, within(1e-4f));
  }
}
