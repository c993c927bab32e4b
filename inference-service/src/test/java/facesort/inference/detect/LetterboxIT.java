package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import facesort.inference.detect.Letterbox.Field;
import facesort.inference.face.Point;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxIT {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int PLANE = WIDTH * HEIGHT;

  @Test
  void fill_putsRedFirst_andLeavesGreyWhatThePictureDoesNotReach() {
    try (Letterbox letterbox = new Letterbox(WIDTH, HEIGHT);
        Mat portrait = picture(480, 960, 10, 127, 255)) {
      Field field = letterbox.fill(portrait);

      // 480x960 becomes 120x240.
      assertThat(at(field, 0, 119, 239)).isEqualTo((255 - 127) / 128f);
      assertThat(at(field, 1, 119, 239)).isEqualTo(0f);
      assertThat(at(field, 2, 119, 239)).isEqualTo((10 - 127) / 128f);
      for (int plane = 0; plane < 3; plane++) {
        assertThat(at(field, plane, 120, 239)).isEqualTo(0f);
        assertThat(at(field, plane, 319, 0)).isEqualTo(0f);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"960,640", "961,723", "640,960", "2000,1500", "211,97", "41,50", "3000,2000"})
  void field_isAsManyPixelsWide_asItsScaleSays(int columns, int rows) {
    double scale = Math.max(columns / (double) WIDTH, rows / (double) HEIGHT);
    try (Letterbox letterbox = new Letterbox(WIDTH, HEIGHT);
        Mat picture = picture(columns, rows, 1, 2, 3)) {
      Field field = letterbox.fill(picture);

      // The covered part is whole pixels, and halving leaves out an odd edge.
      assertThat(field.across() / WIDTH).isCloseTo((float) scale, withinPercentage(1));
      assertThat(field.down() / HEIGHT).isCloseTo((float) scale, withinPercentage(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"960,640", "967,641", "1899,1424", "300,200"})
  void mark_isWhereTheScaleSays(int columns, int rows) {
    int side = Math.max(4, columns / 40);
    int left = columns * 2 / 3;
    int top = rows / 2;
    try (Letterbox letterbox = new Letterbox(WIDTH, HEIGHT);
        Mat picture = picture(columns, rows, 0, 0, 0);
        Rect place = new Rect(left, top, side, side);
        Mat mark = new Mat(picture, place);
        Scalar white = Scalar.all(255)) {
      mark.put(white);

      Field field = letterbox.fill(picture);

      Point middle = middleOfLight(field);
      assertThat(middle.x()).isCloseTo(left + side / 2f, within(0.02f * side + 1));
      assertThat(middle.y()).isCloseTo(top + side / 2f, within(0.02f * side + 1));
    }
  }

  /** The mean position of what is brighter than the field's grey, in pixels of the picture. */
  private static Point middleOfLight(Field field) {
    double light = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < PLANE; i++) {
      double value = Math.max(0, field.numbers().get(i));
      int row = i / WIDTH;
      light += value;
      x += value * (i % WIDTH + 0.5);
      y += value * (row + 0.5);
    }
    return new Point(
        (float) (x / light / WIDTH * field.across()), (float) (y / light / HEIGHT * field.down()));
  }

  @Test
  void smallerPicture_leavesNothingOfTheOneBefore() {
    try (Letterbox letterbox = new Letterbox(WIDTH, HEIGHT);
        Letterbox fresh = new Letterbox(WIDTH, HEIGHT);
        Mat wide = picture(900, 675, 200, 200, 200);
        Mat narrow = picture(300, 675, 50, 60, 70)) {
      letterbox.fill(wide);

      assertThat(numbers(letterbox.fill(narrow))).isEqualTo(numbers(fresh.fill(narrow)));
    }
  }

  private static float at(Field field, int plane, int x, int y) {
    return field.numbers().get(plane * PLANE + y * WIDTH + x);
  }

  private static float[] numbers(Field field) {
    float[] numbers = new float[3 * PLANE];
    field.numbers().get(0, numbers);
    return numbers;
  }

  private static Mat picture(int columns, int rows, int blue, int green, int red) {
    try (Scalar colour = new Scalar(blue, green, red, 0)) {
      return new Mat(rows, columns, CV_8UC3, colour);
    }
  }
}
