package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntBinaryOperator;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;

/** Sharpness needs OpenCV. */
class FaceMeasureIT {
  private static final int SIDE = 112;

  @Test
  void sharpness_ofOneColour_isNone() {
    try (Mat flat = square((x, y) -> 120)) {
      assertThat(FaceMeasure.sharpness(flat)).isZero();
    }
  }

  @Test
  void sharpness_ofAChessboard_isWhatTheKernelGives() {
    // Each pixel differs from its four neighbours by 10: the Laplacian is +40 or -40 everywhere.
    try (Mat board = square((x, y) -> (x + y) % 2 == 0 ? 100 : 110)) {
      assertThat(FaceMeasure.sharpness(board)).isEqualTo(1600);
    }
  }

  @Test
  void sharpness_falls_theMoreAPictureIsBlurred() {
    try (Mat edges = square((x, y) -> x / 8 % 2 == 0 ? 60 : 180)) {
      float before = FaceMeasure.sharpness(edges);
      for (double blur : new double[] {1, 2, 4}) {
        try (Mat blurred = new Mat();
            Size chosen = new Size()) {
          opencv_imgproc.GaussianBlur(edges, blurred, chosen, blur);
          float after = FaceMeasure.sharpness(blurred);
          assertThat(after).isLessThan(before / 2);
          before = after;
        }
      }
    }
  }

  private static Mat square(IntBinaryOperator grey) {
    byte[] bgr = new byte[SIDE * SIDE * 3];
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = (byte) grey.applyAsInt(i / 3 % SIDE, i / 3 / SIDE);
    }
    Mat square = new Mat(SIDE, SIDE, opencv_core.CV_8UC3);
    square.data().put(bgr);
    return square;
  }
}
