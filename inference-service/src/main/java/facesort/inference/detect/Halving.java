package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes pictures smaller before they are sampled, so that no pixel is passed over: each step makes
 * one pixel the mean of four. OpenCV is many times faster at that than at any other factor. One
 * thread at a time; keeps its memory for the next picture.
 */
final class Halving implements AutoCloseable {
  /** Larger pictures than this leads from are refused before they are decoded. */
  private static final int MOST_TIMES = 15;

  private final Mat first = new Mat();
  private final Mat second = new Mat();

  /** Returns how often to halve so that fewer than {@code most} pixels fall on one of a target. */
  static int times(double scale, double most) {
    int times = 0;
    for (double left = scale; left >= most && times < MOST_TIMES; left /= 2) {
      times++;
    }
    return times;
  }

  /** Returns the picture itself, or a smaller one that the next call overwrites. */
  Mat of(Mat picture, int times) {
    Mat smaller = picture;
    for (int done = 0; done < times; done++) {
      Mat target = done % 2 == 0 ? first : second;
      halve(smaller, target);
      smaller = target;
    }
    return smaller;
  }

  /** An odd last row or column is left out: with it the factor would not be two. */
  private static void halve(Mat picture, Mat target) {
    int columns = picture.cols() / 2;
    int rows = picture.rows() / 2;
    try (Rect even = new Rect(0, 0, 2 * columns, 2 * rows);
        Mat part = new Mat(picture, even);
        Size size = new Size(columns, rows)) {
      opencv_imgproc.resize(part, target, size, 0, 0, INTER_AREA);
    }
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
