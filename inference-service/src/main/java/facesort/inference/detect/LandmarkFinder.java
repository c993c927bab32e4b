package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Point;
import facesort.inference.onnx.OnnxModel;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds the five points that a face is aligned by, from the 68 the model gives. One thread at a
 * time; threads may share the model.
 */
final class LandmarkFinder implements AutoCloseable {
  private static final int SIDE = 64;

  /** A face is never made smaller than the square and then enlarged: its points would shift. */
  private static final double MOST_SCALE = 2;

  private static final double RANGE = 256;

  /**
   * Numbers, from 0, of the points whose mean is an eye, the nose or a mouth corner. The 68 are
   * those of iBUG's 300-W (C. Sagonas et al., ICCV workshops 2013): jaw 0 to 16, brows to 26, nose
   * to 35 with its tip at 30, eyes 36 to 41 and 42 to 47, outer lips to 59, inner lips to 67. Of an
   * eye the lids are taken, of a mouth corner the outer and the inner point.
   */
  private static final List<List<Integer>> FIVE =
      List.of(
          List.of(37, 38, 40, 41),
          List.of(43, 44, 46, 47),
          List.of(30),
          List.of(48, 60),
          List.of(54, 64));

  private final OnnxModel model;
  private final FaceCrop crop = new FaceCrop(SIDE, MOST_SCALE);
  private final Mat grey = new Mat(SIDE, SIDE, CV_8UC1);
  private final ModelInput input = new ModelInput(1, SIDE, SIDE, ModelInput.Order.AS_STORED);

  LandmarkFinder(OnnxModel model) {
    this.model = model;
  }

  /**
   * Returns left eye, right eye, nose, left and right mouth corner as seen in the picture, in its
   * pixels.
   */
  List<Point> find(Mat picture, BoundingBox face) {
    float side = face.height();
    float left = face.centre().x() - side / 2;
    float top = face.centre().y() - side / 2;
    opencv_imgproc.cvtColor(crop.of(picture, square(left, top, side)), grey, COLOR_BGR2GRAY);
    float[] points = model.run(input.fill(grey, 0, RANGE), 1).get("output");
    return FIVE.stream()
        .map(numbers ->
            new Point(
                left + side * mean(points, numbers, 0), top + side * mean(points, numbers, 1)))
        .toList();
  }

  /** Returns the way from the model's square to the picture, between centres of pixels. */
  private static Similarity square(float left, float top, float side) {
    double step = side / (double) SIDE;
    return new Similarity(step, 0, left + step / 2 - 0.5, top + step / 2 - 0.5);
  }

  private static float mean(float[] points, List<Integer> numbers, int axis) {
    float sum = 0;
    for (int number : numbers) {
      sum += points[2 * number + axis];
    }
    return sum / numbers.size();
  }

  @Override
  public void close() {
    crop.close();
    grey.close();
    input.close();
  }
}
