package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assertions.within;

import facesort.inference.face.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimilarityTest {
  private static final List<Point> SQUARE =
      List.of(new Point(0, 0), new Point(10, 0), new Point(10, 10), new Point(0, 10));

  /** Five points as they lie in a face. */
  private static final List<Point> FACE =
      List.of(
          new Point(38, 52),
          new Point(74, 51),
          new Point(56, 72),
          new Point(42, 92),
          new Point(71, 92));

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

  @Test
  void fit_ofTurnedAndScaledPoints_findsTheTurnAndTheScale() {
    // 30 degrees clockwise as seen, 1.7 times as large, moved by (12, -9), computed in double.
    double a = 1.7 * Math.cos(Math.toRadians(30));
    double b = 1.7 * Math.sin(Math.toRadians(30));
    List<Point> targets =
        FACE.stream()
            .map(p ->
                new Point(
                    (float) (a * p.x() - b * p.y() + 12), (float) (b * p.x() + a * p.y() - 9)))
            .toList();

    assertNear(Similarity.fit(FACE, targets), new double[] {a, b, 12, -9}, 1e-4);
  }

  @Test
  void fit_ofPointsThatDoNotFit_solvesTheNormalEquations() {
    List<Point> seen =
        List.of(
            new Point(211.3f, 140.9f),
            new Point(268.8f, 131.2f),
            new Point(247.1f, 171.6f),
            new Point(224.4f, 207.7f),
            new Point(271.9f, 196.3f));

    assertNear(Similarity.fit(seen, FACE), normalEquations(seen, FACE), 1e-9);
  }

  @Test
  void fit_ofAMirroredFace_doesNotMirror() {
    List<Point> mirrored = FACE.stream().map(p -> new Point(-p.x(), p.y())).toList();

    Similarity fit = Similarity.fit(FACE, mirrored);

    // Any of these maps keeps the order of corners; a mirror image would reach the targets.
    assertThat(fit.scale()).isLessThan(0.9);
    assertNear(fit, normalEquations(FACE, mirrored), 1e-9);
  }

  @Test
  void withinAndShrunk_leadToTheSamePlace() {
    Similarity map = new Similarity(3, 0.5, 100, 60);
    Point before = map.apply(7, 9);

    Point part = map.within(80, 40).apply(7, 9);
    Point smaller = map.shrunk(4).apply(7, 9);

    assertThat(part).isEqualTo(new Point(before.x() - 80, before.y() - 40));
    // Corners stay corners: the centre of the first small pixel is that of the first four by four.
    assertThat(smaller.x()).isCloseTo((before.x() - 1.5f) / 4, within(1e-4f));
    assertThat(smaller.y()).isCloseTo((before.y() - 1.5f) / 4, within(1e-4f));
  }

  /** Solves (M'M) s = M't for s = (a, b, dx, dy) by elimination; M has two rows a point. */
  private static double[] normalEquations(List<Point> points, List<Point> targets) {
    double[][] sums = new double[4][5];
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      addRow(sums, new double[] {p.x(), -p.y(), 1, 0, targets.get(i).x()});
      addRow(sums, new double[] {p.y(), p.x(), 0, 1, targets.get(i).y()});
    }
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        double part = sums[row][column] / sums[column][column];
        for (int k = 0; k < 5 && row != column; k++) {
          sums[row][k] -= part * sums[column][k];
        }
      }
    }
    return IntStream.range(0, 4).mapToDouble(i -> sums[i][4] / sums[i][i]).toArray();
  }

  private static void addRow(double[][] sums, double[] row) {
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < 5; k++) {
        sums[i][k] += row[i] * row[k];
      }
    }
  }

  private static void assertNear(Similarity fit, double[] expected, double tolerance) {
    assertThat(new double[] {fit.a(), fit.b(), fit.dx(), fit.dy()})
        .containsExactly(expected, withPrecision(tolerance));
  }
}
