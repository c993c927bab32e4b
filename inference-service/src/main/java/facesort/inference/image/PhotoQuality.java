package facesort.inference.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16S;
import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.Laplacian;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How good a photo is as a picture, measured on it in grey, shrunk to 512 pixels of its longer
 * side; a smaller one as it is. Takes about 1.2 ms of 3 MP, 0.7 ms of 1 MP.
 *
 * @param sharpness variance of the Laplacian
 * @param brightness mean, 0 to 255
 * @param contrast standard deviation, 0 to 128
 */
public record PhotoQuality(float sharpness, float brightness, float contrast) {
  private static final int LONGER_SIDE = 512;

  /** Measures a picture of type CV_8UC3. */
  public static PhotoQuality of(Mat bgr) {
    try (Mat grey = shrunk(bgr);
        Mat edges = new Mat();
        Mat mean = new Mat();
        Mat deviation = new Mat()) {
      Laplacian(grey, edges, CV_16S);
      meanStdDev(edges, mean, deviation);
      double edge = deviation.createIndexer().getDouble(0);
      meanStdDev(grey, mean, deviation);
      return new PhotoQuality(
          (float) (edge * edge),
          (float) mean.createIndexer().getDouble(0),
          (float) deviation.createIndexer().getDouble(0));
    }
  }

  /** Halving exactly is many times faster than any other mean; the rest is less than a half. */
  private static Mat shrunk(Mat bgr) {
    Mat grey = new Mat();
    cvtColor(bgr, grey, COLOR_BGR2GRAY);
    while (longerSide(grey) >= 2 * LONGER_SIDE && shorterSide(grey) >= 2) {
      try (Rect even = new Rect(0, 0, grey.cols() & ~1, grey.rows() & ~1);
          Mat whole = grey;
          Mat part = new Mat(whole, even)) {
        grey = resized(part, part.cols() / 2, part.rows() / 2, INTER_AREA);
      }
    }
    if (longerSide(grey) <= LONGER_SIDE) {
      return grey;
    }
    try (Mat larger = grey) {
      double scale = (double) LONGER_SIDE / longerSide(larger);
      return resized(
          larger, side(larger.cols() * scale), side(larger.rows() * scale), INTER_LINEAR);
    }
  }

  private static Mat resized(Mat picture, int columns, int rows, int how) {
    Mat resized = new Mat();
    try (Size size = new Size(columns, rows)) {
      resize(picture, resized, size, 0, 0, how);
    }
    return resized;
  }

  private static int side(double exact) {
    return Math.max(1, (int) Math.round(exact));
  }

  private static int longerSide(Mat picture) {
    return Math.max(picture.cols(), picture.rows());
  }

  private static int shorterSide(Mat picture) {
    return Math.min(picture.cols(), picture.rows());
  }
}
