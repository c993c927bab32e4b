package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.FaceQuality;
import facesort.inference.face.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceMeasureTest {
  private static final BoundingBox BOX = new BoundingBox(0, 0, 80, 100);

  @Test
  void of_levelFace_looksAtTheCamera() {
    FaceQuality quality = pose(seen(0, 0, 0));

    assertThat(quality.yaw()).isCloseTo(0, within(0.01f));
    assertThat(quality.pitch()).isCloseTo(0, within(0.01f));
    assertThat(quality.roll()).isCloseTo(0, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -30, -10, 10, 30, 60})
  void yaw_isTheTurnOfTheHead_positiveToTheRight(int degrees) {
    assertThat(pose(seen(degrees, 0, 0)).yaw()).isCloseTo(degrees, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(ints = {-40, -20, 20, 40})
  void pitch_isTheNod_positiveDownwards(int degrees) {
    assertThat(pose(seen(0, degrees, 0)).pitch()).isCloseTo(degrees, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(ints = {-170, -90, -30, 15, 90, 180})
  void roll_isExact_positiveClockwise_andLeavesTheOthers(int degrees) {
    FaceQuality quality = pose(seen(25, 0, degrees));

    assertThat(Math.abs(quality.roll() - degrees) % 360).isCloseTo(0, within(0.01f));
    assertThat(quality.yaw()).isCloseTo(25, within(0.01f));
    assertThat(quality.pitch()).isCloseTo(0, within(0.01f));
  }

  @ParameterizedTest
  @CsvSource({"20, 10, 5", "-35, -15, 30"})
  void mirroredFace_turnsAndTiltsTheOtherWay(double yaw, double pitch, double roll) {
    List<Point> points = seen(yaw, pitch, roll);
    List<Point> mirrored =
        List.of(
            mirrored(points.get(1)),
            mirrored(points.get(0)),
            mirrored(points.get(2)),
            mirrored(points.get(4)),
            mirrored(points.get(3)));

    FaceQuality quality = pose(points);
    FaceQuality mirror = pose(mirrored);

    assertThat(mirror.yaw()).isCloseTo(-quality.yaw(), within(0.01f));
    assertThat(mirror.pitch()).isCloseTo(quality.pitch(), within(0.01f));
    assertThat(mirror.roll()).isCloseTo(-quality.roll(), within(0.01f));
  }

  @Test
  void pose_isTheSameAtAnyScaleAndPlace() {
    List<Point> points = seen(20, 10, 5);
    List<Point> elsewhere =
        points.stream().map(p -> new Point(7 * p.x() + 1000, 7 * p.y() - 300)).toList();

    assertThat(pose(elsewhere).yaw()).isCloseTo(pose(points).yaw(), within(0.01f));
    assertThat(pose(elsewhere).pitch()).isCloseTo(pose(points).pitch(), within(0.01f));
  }

  @Test
  void side_isTheShorterOne() {
    assertThat(pose(seen(0, 0, 0)).side()).isEqualTo(80);
  }

  private static FaceQuality pose(List<Point> points) {
    return FaceMeasure.of(BOX, points, 10);
  }

  private static Point mirrored(Point point) {
    return new Point(200 - point.x(), point.y());
  }

  /** A flat face with a nose, seen from far away: turned, then nodded, then tilted. */
  private static List<Point> seen(double yaw, double pitch, double roll) {
    double level = FaceMeasure.LEVEL * FaceMeasure.HEIGHT;
    return List.of(
        seen(-0.5, 0, 0, yaw, pitch, roll),
        seen(0.5, 0, 0, yaw, pitch, roll),
        seen(0, level, FaceMeasure.NOSE, yaw, pitch, roll),
        seen(-0.4, FaceMeasure.HEIGHT, 0, yaw, pitch, roll),
        seen(0.4, FaceMeasure.HEIGHT, 0, yaw, pitch, roll));
  }

  private static Point seen(
      double right, double down, double out, double yaw, double pitch, double roll) {
    double x = right * cos(yaw) + out * sin(yaw);
    double near = out * cos(yaw) - right * sin(yaw);
    double y = down * cos(pitch) + near * sin(pitch);
    return new Point(
        (float) (100 + 40 * (x * cos(roll) - y * sin(roll))),
        (float) (100 + 40 * (x * sin(roll) + y * cos(roll))));
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }

  private static double sin(double degrees) {
    return Math.sin(Math.toRadians(degrees));
  }
}
