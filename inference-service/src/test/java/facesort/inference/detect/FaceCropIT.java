package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceCropIT {
  private static final int SIDE = 64;

  /** Blue tells the column, green the row. */
  private static final Drawing MAP = (x, y) -> x | y << 8;

  private interface Drawing {
    int bgr(int x, int y);
  }

  @Test
  void of_aShift_copiesPixels() {
    try (FaceCrop crop = new FaceCrop(SIDE, 2);
        Mat picture = picture(200, 150, MAP)) {
      Mat square = crop.of(picture, new Similarity(1, 0, 30, 20));

      assertThat(blue(square, 0, 0)).isEqualTo(30);
      assertThat(green(square, 0, 0)).isEqualTo(20);
      assertThat(blue(square, 63, 10)).isEqualTo(93);
      assertThat(green(square, 63, 10)).isEqualTo(30);
    }
  }

  @Test
  void of_aQuarterTurn_turns() {
    try (FaceCrop crop = new FaceCrop(SIDE, 2);
        Mat picture = picture(200, 150, MAP)) {
      // x' = -y + 100, y' = x + 20
      Mat square = crop.of(picture, new Similarity(0, 1, 100, 20));

      assertThat(blue(square, 5, 40)).isEqualTo(60);
      assertThat(green(square, 5, 40)).isEqualTo(25);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.7, 2, 2.9, 3.5, 4, 7.3})
  void of_aLargeFace_readsTheSamePlaces(double scale) {
    try (FaceCrop crop = new FaceCrop(SIDE, 1.5);
        Mat picture = picture(600, 600, (x, y) -> x * 255 / 600 | (y * 255 / 600) << 8)) {
      Mat square = crop.of(picture, new Similarity(scale, 0, 51.5, 33.25));

      for (int at = 1; at < 63; at += 10) {
        double x = scale * at + 51.5;
        double y = scale * (63 - at) + 33.25;
        assertThat((double) blue(square, at, 63 - at)).isCloseTo(x * 255 / 600, within(1.5));
        assertThat((double) green(square, at, 63 - at)).isCloseTo(y * 255 / 600, within(1.5));
      }
    }
  }

  @Test
  void of_aFinePattern_isItsMeanAndNoPattern() {
    try (FaceCrop crop = new FaceCrop(SIDE, 1.5);
        Mat picture = picture(500, 500, (x, y) -> (x + y) % 2 == 0 ? 0xFFFFFF : 0)) {
      Mat square = crop.of(picture, new Similarity(3, 1, 60.3, 20.7));

      for (int at = 0; at < SIDE; at++) {
        assertThat(blue(square, at, at)).isCloseTo(128, within(2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 4})
  void of_aFaceOverTheEdge_isBlackOutside(double scale) {
    try (FaceCrop crop = new FaceCrop(SIDE, 1.5);
        Mat picture = picture(300, 300, (x, y) -> 0xFFFFFF)) {
      Mat over = crop.of(picture, new Similarity(scale, 0, -20 * scale, 5));
      assertThat(blue(over, 17, 30)).isZero();
      assertThat(blue(over, 22, 30)).isEqualTo(255);

      Mat outside = crop.of(picture, new Similarity(scale, 0, 5_000, 5_000));
      assertThat(blue(outside, 30, 30)).isZero();
    }
  }

  @Test
  void modelInput_isPlanesOfBlueGreenAndRed_andRefusesAnotherSize() {
    try (ModelInput input = new ModelInput(3, 2, 3, ModelInput.Order.AS_STORED);
        Mat picture = picture(3, 2, (x, y) -> (10 * y + x) | 127 << 8 | 255 << 16);
        Mat wider = picture(4, 2, MAP)) {
      FloatBuffer numbers = input.fill(picture, 127, 128);

      assertThat(numbers.remaining()).isEqualTo(18);
      assertThat(numbers.isDirect()).isTrue();
      assertThat(numbers.get(5)).isEqualTo((12 - 127) / 128f);
      assertThat(numbers.get(6)).isEqualTo(0f);
      assertThat(numbers.get(17)).isEqualTo(1f);
      assertThatThrownBy(() -> input.fill(wider, 127, 128))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("3x4x2 instead of 3x3x2");
    }
  }

  private static Mat picture(int columns, int rows, Drawing drawing) {
    byte[] bgr = new byte[columns * rows * 3];
    for (int at = 0; at < columns * rows; at++) {
      int colour = drawing.bgr(at % columns, at / columns);
      bgr[3 * at] = (byte) colour;
      bgr[3 * at + 1] = (byte) (colour >> 8);
      bgr[3 * at + 2] = (byte) (colour >> 16);
    }
    Mat picture = new Mat(rows, columns, CV_8UC3);
    picture.data().put(bgr);
    return picture;
  }

  private static int blue(Mat picture, int x, int y) {
    return picture.ptr(y, x).get(0) & 0xFF;
  }

  private static int green(Mat picture, int x, int y) {
    return picture.ptr(y, x).get(1) & 0xFF;
  }
}
