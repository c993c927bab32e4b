package facesort.inference.detect;

import facesort.inference.face.Point;
import java.util.List;

/**
 * A turn, a uniform scale and a shift: x' = a x - b y + dx, y' = b x + a y + dy.
 *
 * @param a scale times the cosine of the angle
 * @param b scale times the sine of the angle
 * @param dx shift to the right
 * @param dy shift downwards
 */
record Similarity(double a, double b, double dx, double dy) {

  /**
   * Returns the one that brings the points nearest to the targets, by least squares.
   *
   * <p>The closed solution for points in the plane: with both sets moved to their means and taken
   * as complex numbers p and t, a + bi = sum(conj(p) t) / sum(|p|^2). It is what S. Umeyama,
   * "Least-squares estimation of transformation parameters between two point patterns" (IEEE TPAMI
   * 13(4), 1991), gives in two dimensions, except that there is no mirror image among the answers.
   */
  static Similarity fit(List<Point> points, List<Point> targets) {
    double px = points.stream().mapToDouble(Point::x).average().orElseThrow();
    double py = points.stream().mapToDouble(Point::y).average().orElseThrow();
    double tx = targets.stream().mapToDouble(Point::x).average().orElseThrow();
    double ty = targets.stream().mapToDouble(Point::y).average().orElseThrow();
    double along = 0;
    double across = 0;
    double spread = 0;
    for (int i = 0; i < points.size(); i++) {
      double x = points.get(i).x() - px;
      double y = points.get(i).y() - py;
      double u = targets.get(i).x() - tx;
      double v = targets.get(i).y() - ty;
      along += x * u + y * v;
      across += x * v - y * u;
      spread += x * x + y * y;
    }
    double a = along / spread;
    double b = across / spread;
    return new Similarity(a, b, tx - a * px + b * py, ty - b * px - a * py);
  }

  /** Returns how much larger things become. */
  double scale() {
    return Math.hypot(a, b);
  }

  /** Returns the one that undoes this one. */
  Similarity inverse() {
    double squares = a * a + b * b;
    double back = a / squares;
    double turn = -b / squares;
    return new Similarity(back, turn, -(back * dx - turn * dy), -(turn * dx + back * dy));
  }

  /** Returns the one to the same place in the part of the picture that begins at a pixel. */
  Similarity within(int left, int top) {
    return new Similarity(a, b, dx - left, dy - top);
  }

  /**
   * Returns the one to the same place in the picture made smaller. Whole numbers are the centres of
   * pixels, so the upper left corner is at -0.5 in both.
   */
  Similarity shrunk(int factor) {
    return new Similarity(
        a / factor, b / factor, (dx + 0.5) / factor - 0.5, (dy + 0.5) / factor - 0.5);
  }

  Point apply(double x, double y) {
    return new Point((float) (a * x - b * y + dx), (float) (b * x + a * y + dy));
  }
}
