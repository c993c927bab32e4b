package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.FaceQuality;
import facesort.inference.face.Point;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Measures how well a face can be recognised. Any thread may call it.
 *
 * <p>Sharpness is the variance of the Laplacian (Pech-Pacheco et al., "Diatom autofocusing in
 * brightfield microscopy", ICPR 2000), taken of the aligned face so that faces of all sizes are
 * compared at one scale: a small face is a blurred one there, as it is for the embedding.
 *
 * <p>The pose is that of a flat face with a nose: eyes and mouth corners lie in a plane, the tip of
 * the nose stands out from it by {@link #NOSE} eye distances. Seen from far away and turned by yaw,
 * widths in the plane shrink by cos(yaw) and the tip moves aside by NOSE sin(yaw), so tan(yaw) is
 * the tip's offset from the middle line over NOSE times the eye distance seen. In the same way
 * tan(pitch) is the tip's offset from its height in a level face, over NOSE times the seen distance
 * from eyes to mouth in units of the eye distance. Both are rough: 10 degrees are noise.
 */
final class FaceMeasure {
  /**
   * How far the tip of the nose stands out, in eye distances: 130 of 315 in the six-point head
   * model that is customary for pose by perspective (outer eye corners 450 apart, that is pupils
   * 315; tip 130 before the plane of eye and mouth corners).
   */
  static final double NOSE = 0.41;

  /**
   * Where the tip of the nose lies between the eyes (0) and the mouth (1) in a level face, and how
   * high such a face is in eye distances: as in the five points that faces are aligned to.
   */
  static final double LEVEL = 0.495;

  static final double HEIGHT = 1.155;

  private FaceMeasure() {}

  /**
   * Measures a face.
   *
   * @param box in pixels of the whole photo
   * @param points left eye, right eye, nose, left and right mouth corner as seen, at any scale
   * @param aligned the face turned upright into a square, BGR, one byte a channel; not changed
   */
  static FaceQuality of(BoundingBox box, List<Point> points, Mat aligned) {
    return of(box, points, sharpness(aligned));
  }

  /** The same of a face whose sharpness is known. */
  static FaceQuality of(BoundingBox box, List<Point> points, float sharpness) {
    Point leftEye = points.get(0);
    Point rightEye = points.get(1);
    double roll = Math.atan2(rightEye.y() - leftEye.y(), rightEye.x() - leftEye.x());
    Upright face = Upright.of(points, roll);
    return new FaceQuality(
        Math.min(box.width(), box.height()),
        sharpness,
        (float) face.yaw(),
        (float) face.pitch(),
        (float) Math.toDegrees(roll));
  }

  /** Returns the variance of the Laplacian of a square in grey. */
  static float sharpness(Mat aligned) {
    try (Mat grey = new Mat();
        Mat edges = new Mat();
        Mat mean = new Mat();
        Mat deviation = new Mat()) {
      opencv_imgproc.cvtColor(aligned, grey, opencv_imgproc.COLOR_BGR2GRAY);
      opencv_imgproc.Laplacian(grey, edges, opencv_core.CV_16S);
      opencv_core.meanStdDev(edges, mean, deviation);
      double spread = deviation.ptr().getDouble();
      return (float) (spread * spread);
    }
  }

  /**
   * A face without its roll.
   *
   * @param aside the nose's way from the middle line to the right
   * @param down the nose's way down from the eyes
   * @param eyes distance between the eyes
   * @param height distance from the eyes to the mouth
   */
  private record Upright(double aside, double down, double eyes, double height) {

    static Upright of(List<Point> points, double roll) {
      double cos = Math.cos(roll);
      double sin = Math.sin(roll);
      double[] x = new double[points.size()];
      double[] y = new double[points.size()];
      for (int i = 0; i < x.length; i++) {
        x[i] = cos * points.get(i).x() + sin * points.get(i).y();
        y[i] = cos * points.get(i).y() - sin * points.get(i).x();
      }
      double eyesX = (x[0] + x[1]) / 2;
      double eyesY = (y[0] + y[1]) / 2;
      double mouthX = (x[3] + x[4]) / 2;
      double height = (y[3] + y[4]) / 2 - eyesY;
      double down = y[2] - eyesY;
      double middle = eyesX + (mouthX - eyesX) * down / height;
      return new Upright(x[2] - middle, down, x[1] - x[0], height);
    }

    double yaw() {
      return Math.toDegrees(Math.atan2(aside, NOSE * eyes));
    }

    double pitch() {
      return Math.toDegrees(Math.atan2((down / height - LEVEL) * HEIGHT, NOSE));
    }
  }
}
