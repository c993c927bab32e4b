package facesort.inference.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.FailureCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceTest {
  private static final BoundingBox BOX = new BoundingBox(1, 2, 3, 4);
  private static final List<Point> POINTS = List.of(new Point(1, 2));
  private static final Embedding GOOD = Embedding.of(0.6f, 0.8f);

  @Test
  void embedded_withNumbers_isNotSkipped() {
    assertThat(Face.embedded(BOX, 0.9f, POINTS, null, GOOD))
        .isEqualTo(new Face(BOX, 0.9f, POINTS, null, GOOD, null));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void embedded_withWhatIsNoNumber_isSkipped(float value) {
    Face skipped = new Face(BOX, 0.9f, POINTS, null, null, FailureCode.INVALID_OUTPUT);

    assertThat(Face.embedded(BOX, 0.9f, POINTS, null, Embedding.normalised(value, 1)))
        .isEqualTo(skipped);
    assertThat(new Point(value, 1).isFinite()).isFalse();
    assertThat(new Point(1, value).isFinite()).isFalse();
  }

  @Test
  void embedded_withoutLength_isSkipped() {
    assertThat(Face.embedded(BOX, 0.9f, POINTS, null, Embedding.normalised(0, 0)).skipped())
        .isEqualTo(FailureCode.INVALID_OUTPUT);
  }

  @Test
  void face_hasEitherAnEmbeddingOrAReason() {
    assertThatThrownBy(() -> new Face(BOX, 0.9f, POINTS, null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Face(BOX, 0.9f, POINTS, null, GOOD, FailureCode.INVALID_OUTPUT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
