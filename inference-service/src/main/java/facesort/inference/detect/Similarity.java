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
record Similarity(float a, float b, float dx, float dy) {

  /** Returns the one that brings the points nearest to the targets, by least squares. */
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
    return new Similarity(
        (float) a, (float) b, (float) (tx - a * px + b * py), (float) (ty - b * px - a * py));
  }

  /** Returns how much larger things become. */
  float scale() {
    return (float) Math.hypot(a, b);
  }

  /** Returns the one that undoes this one. */
  Similarity inverse() {
    float squares = a * a + b * b;
    float back = a / squares;
    float turn = -b / squares;
    return new Similarity(back, turn, -(back * dx - turn * dy), -(turn * dx + back * dy));
  }

  Point apply(float x, float y) {
    return new Point(a * x - b * y + dx, b * x + a * y + dy);
  }
}
