package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Point;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the five points that a face is aligned by, from the 68 the model gives. Any thread may call
 * it.
 */
final class LandmarkFinder {
  private static final int SIDE = 64;
  private static final int MOST_SAMPLES = 4;
  private static final float RANGE = 256;
  private static final float[] GREY_OF_BGR = {0.114f, 0.587f, 0.299f};

  /** Numbers of the 68 points whose mean is an eye, the nose or a mouth corner. */
  private static final List<List<Integer>> FIVE =
      List.of(
          List.of(37, 38, 40, 41),
          List.of(43, 44, 46, 47),
          List.of(30),
          List.of(48, 60),
          List.of(54, 64));

  private final OnnxModel model;

  LandmarkFinder(OnnxModel model) {
    this.model = model;
  }

  /**
   * Returns left eye, right eye, nose, left and right mouth corner as seen in the picture, in its
   * pixels.
   */
  List<Point> find(Pixels picture, BoundingBox face) {
    float side = face.height();
    float left = face.centre().x() - side / 2;
    float top = face.centre().y() - side / 2;
    float[] points = model.run(crop(picture, left, top, side), 1).get("output");
    return FIVE.stream()
        .map(numbers ->
            new Point(
                left + side * mean(points, numbers, 0), top + side * mean(points, numbers, 1)))
        .toList();
  }

  private static float mean(float[] points, List<Integer> numbers, int axis) {
    float sum = 0;
    for (int number : numbers) {
      sum += points[2 * number + axis];
    }
    return sum / numbers.size();
  }

  /** Returns the square as grey, each value a mean of several samples where the face is large. */
  private static float[] crop(Pixels picture, float left, float top, float side) {
    Sampler sampler = new Sampler(picture);
    int samples = Math.clamp((int) (side / SIDE), 1, MOST_SAMPLES);
    float step = side / (SIDE * samples);
    float[] crop = new float[SIDE * SIDE];
    float[] bgr = new float[Pixels.CHANNELS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        Arrays.fill(bgr, 0);
        for (int i = 0; i < samples * samples; i++) {
          float column = x * samples + i % samples + 0.5f;
          float row = y * samples + i / samples + 0.5f;
          sampler.addTo(bgr, left + column * step - 0.5f, top + row * step - 0.5f);
        }
        crop[y * SIDE + x] = grey(bgr) / (samples * samples) / RANGE;
      }
    }
    return crop;
  }

  private static float grey(float[] bgr) {
    return GREY_OF_BGR[0] * bgr[0] + GREY_OF_BGR[1] * bgr[1] + GREY_OF_BGR[2] * bgr[2];
  }
}
