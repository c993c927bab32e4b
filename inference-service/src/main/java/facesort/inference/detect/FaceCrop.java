package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;

import facesort.inference.face.Point;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Cuts a square out of a picture, turned and scaled. What lies outside of the picture is black.
 * Where the picture is larger than the square needs, its part is halved before it is sampled. One
 * thread at a time; keeps its memory for the next face.
 */
final class FaceCrop implements AutoCloseable {
  private final int side;
  private final double mostScale;
  private final Halving halving = new Halving();
  private final Mat square;
  private final Size size;
  private final DoublePointer numbers = new DoublePointer(6);
  private final Mat matrix = new Mat(2, 3, CV_64FC1, numbers);
  private final Scalar black = Scalar.all(0);

  /**
   * Makes squares of one size.
   *
   * @param mostScale from how many of the picture's pixels to one of the square it is halved
   */
  FaceCrop(int side, double mostScale) {
    this.side = side;
    this.mostScale = mostScale;
    this.square = new Mat(side, side, CV_8UC3);
    this.size = new Size(side, side);
  }

  /**
   * Returns the square, BGR, which the next call overwrites.
   *
   * @param toPicture from the square to the picture; whole numbers are the centres of pixels
   */
  Mat of(Mat picture, Similarity toPicture) {
    int halvings = Halving.times(toPicture.scale(), mostScale);
    int factor = 1 << halvings;
    try (Rect region = region(picture, toPicture, factor)) {
      if (halvings == 0 || region.width() < factor || region.height() < factor) {
        sample(picture, toPicture);
      } else {
        try (Mat part = new Mat(picture, region)) {
          sample(
              halving.of(part, halvings), toPicture.within(region.x(), region.y()).shrunk(factor));
        }
      }
    }
    return square;
  }

  /** Returns the part of the picture that is sampled, and a border for what sampling adds. */
  private Rect region(Mat picture, Similarity toPicture, int factor) {
    double middle = (side - 1) / 2.0;
    double reach = middle * (Math.abs(toPicture.a()) + Math.abs(toPicture.b())) + 2 * factor;
    Point centre = toPicture.apply(middle, middle);
    int left = inside(centre.x() - reach, picture.cols());
    int top = inside(centre.y() - reach, picture.rows());
    int right = inside(centre.x() + reach, picture.cols());
    int bottom = inside(centre.y() + reach, picture.rows());
    return new Rect(left, top, right - left, bottom - top);
  }

  private static int inside(double position, int size) {
    return Math.clamp(Math.round(position), 0, size);
  }

  private void sample(Mat from, Similarity map) {
    numbers.put(map.a(), -map.b(), map.dx(), map.b(), map.a(), map.dy());
    opencv_imgproc.warpAffine(
        from, square, matrix, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_CONSTANT, black);
  }

  @Override
  public void close() {
    halving.close();
    square.close();
    size.close();
    matrix.close();
    numbers.close();
    black.close();
  }
}
