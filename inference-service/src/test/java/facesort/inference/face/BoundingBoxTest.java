package facesort.inference.face;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundingBoxTest {
  private static final BoundingBox BOX = new BoundingBox(0, 0, 10, 10);

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 10, 1",
    "5, 0, 15, 10, 0.33333334",
    "5, 5, 15, 15, 0.14285715",
    "2, 2, 7, 7, 0.25",
    "10, 0, 20, 10, 0",
    "30, 30, 40, 40, 0",
    "11, -5, 12, 5, 0",
  })
  void overlap_isSharedOverJointArea(
      float left, float top, float right, float bottom, float expected) {
    BoundingBox other = new BoundingBox(left, top, right, bottom);

    assertThat(BOX.overlap(other)).isEqualTo(expected);
    assertThat(other.overlap(BOX)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 10, 1",
    "2, 2, 7, 7, 1",
    "-5, -5, 25, 25, 1",
    "5, 0, 15, 10, 0.5",
    "8, 8, 12, 12, 0.25",
    "10, 0, 20, 10, 0",
    "30, 30, 40, 40, 0",
  })
  void covered_isSharedOverTheSmallerArea(
      float left, float top, float right, float bottom, float expected) {
    BoundingBox other = new BoundingBox(left, top, right, bottom);

    assertThat(BOX.covered(other)).isEqualTo(expected);
    assertThat(other.covered(BOX)).isEqualTo(expected);
  }

  @Test
  void scaled_multipliesEveryEdge() {
    assertThat(new BoundingBox(1, 2, 3, 5).scaled(4)).isEqualTo(new BoundingBox(4, 8, 12, 20));
  }
}
