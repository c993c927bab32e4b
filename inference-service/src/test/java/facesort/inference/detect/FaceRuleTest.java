package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.FaceQuality;
import facesort.schemas.FailureCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaceRuleTest {
  private static final FaceRule RULE = new FaceRule(20, 5, 70);
  private static final BoundingBox LARGE = new BoundingBox(0, 0, 100, 120);

  @Test
  void beforeLooking_takesTheHundredLargest() {
    assertThat(RULE.beforeLooking(LARGE, 99)).isNull();
    assertThat(RULE.beforeLooking(LARGE, 100)).isEqualTo(FailureCode.TOO_MANY_FACES);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 30, true",
    "30, 20, true",
    "19.9, 30, false",
    "30, 19.9, false",
    "NaN, 30, false"
  })
  void beforeLooking_measuresTheShorterSide(float width, float height, boolean taken) {
    assertThat(RULE.beforeLooking(new BoundingBox(0, 0, width, height), 0))
        .isEqualTo(taken ? null : FailureCode.FACE_TOO_SMALL);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 70, -70, 70, true",
    "4.9, 0, 0, 0, false",
    "NaN, 0, 0, 0, false",
    "9, 71, 0, 0, false",
    "9, -71, 0, 0, false",
    "9, 0, 71, 0, false",
    "9, 0, 0, -71, false",
    "9, NaN, 0, 0, false"
  })
  void beforeEmbedding_leavesOutWhatCannotBeRecognised(
      float sharpness, float yaw, float pitch, float roll, boolean taken) {
    assertThat(RULE.beforeEmbedding(new FaceQuality(100, sharpness, yaw, pitch, roll)))
        .isEqualTo(taken ? null : FailureCode.LOW_QUALITY);
  }

  @Test
  void limitsThatNoFaceIsWithin_areRefused() {
    assertThatThrownBy(() -> new FaceRule(Float.NaN, 0, 90))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minSide NaN");
    assertThatThrownBy(() -> new FaceRule(0, 0, 0)).hasMessageContaining("maxTurn 0.0");
  }
}
