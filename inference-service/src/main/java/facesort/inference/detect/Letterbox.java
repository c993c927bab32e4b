package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The field that a detector looks at. The picture is put into its upper left without distortion;
 * what it leaves of the field is grey, which the model reads as 0. One thread at a time; keeps its
 * memory for the next picture.
 */
final class Letterbox implements AutoCloseable {
  private static final double MEAN = 127;
  private static final double RANGE = 128;

  private final int width;
  private final int height;
  private final Halving halving = new Halving();
  private final Mat field;
  private final Scalar grey = Scalar.all(MEAN);
  private final ModelInput input;

  Letterbox(int width, int height) {
    this.width = width;
    this.height = height;
    this.field = new Mat(height, width, CV_8UC3);
    this.input = new ModelInput(3, height, width, ModelInput.Order.REVERSED);
  }

  /**
   * A filled field.
   *
   * @param numbers red, green and blue plane; the next picture overwrites them
   * @param across how many of the picture's pixels the field is wide
   * @param down how many of the picture's pixels the field is high
   */
  record Field(FloatBuffer numbers, float across, float down) {}

  /** Puts a picture, BGR, into the field. */
  Field fill(Mat picture) {
    double scale = Math.max(picture.cols() / (double) width, picture.rows() / (double) height);
    int columns = Math.clamp(Math.round(picture.cols() / scale), 1, width);
    int rows = Math.clamp(Math.round(picture.rows() / scale), 1, height);
    int halvings = Halving.times(scale, 2);
    Mat smaller = halving.of(picture, halvings);
    field.put(grey);
    try (Rect covered = new Rect(0, 0, columns, rows);
        Mat target = new Mat(field, covered);
        Size size = new Size(columns, rows)) {
      // Means of areas where pixels are left out: with samples alone there are more false boxes.
      int how = smaller.cols() > columns ? INTER_AREA : INTER_LINEAR;
      opencv_imgproc.resize(smaller, target, size, 0, 0, how);
    }
    // An odd edge that halving left out counts for nothing here: hence the smaller one's size.
    float pixels = 1 << halvings;
    return new Field(
        input.fill(field, MEAN, RANGE),
        pixels * smaller.cols() / columns * width,
        pixels * smaller.rows() / rows * height);
  }

  @Override
  public void close() {
    halving.close();
    field.close();
    grey.close();
    input.close();
  }
}
