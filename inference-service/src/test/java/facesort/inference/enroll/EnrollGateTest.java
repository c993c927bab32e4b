package facesort.inference.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
import facesort.schemas.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrollGateTest {
  private static final Embedding EMBEDDING = Embedding.of(1, 0);
  private static final EnrollGate GATE = new EnrollGate(40, 16, 50, 60);

  @ParameterizedTest
  @CsvSource({"16, 0, 0, 0", "99, 50, -50, 60", "99, -50, 50, -60"})
  void judge_takesOneGoodFace(float sharpness, float yaw, float pitch, float roll) {
    assertThat(GATE.judge(List.of(aFace(sharpness, yaw, pitch, roll))))
        .isEqualTo(new Accepted(EMBEDDING));
  }

  @Test
  void judge_refusesAPhotoWithoutAFace() {
    Refused refused = refused(List.of());

    assertThat(refused.code()).isEqualTo(FailureCode.NO_FACE);
    assertThat(refused.message())
        .isEqualTo("No face found; send a photo that shows the whole face");
  }

  @Test
  void judge_refusesTwoFaces_howeverDifferentInSize() {
    Refused refused = refused(List.of(aFace(400, 400), aSkippedFace(20, FailureCode.LOW_QUALITY)));

    assertThat(refused.code()).isEqualTo(FailureCode.MULTIPLE_FACES);
    assertThat(refused.message())
        .isEqualTo("2 faces found; cut the photo so that only the friend is on it");
  }

  @Test
  void judge_refusesASmallFace() {
    Refused refused = refused(List.of(aFace(39.9f, 90)));

    assertThat(refused.code()).isEqualTo(FailureCode.FACE_TOO_SMALL);
    assertThat(refused.message())
        .isEqualTo(
            "The face is 39 pixels wide, at least 40 are needed; send a larger photo or one from nearer");
  }

  @Test
  void judge_refusesABlurredFace() {
    Refused refused = refused(List.of(aFace(15.4f, 0, 0, 0)));

    assertThat(refused.code()).isEqualTo(FailureCode.LOW_QUALITY);
    assertThat(refused.message())
        .isEqualTo(
            "The face is blurred: sharpness 15, at least 16 is needed; send a sharper photo");
  }

  @ParameterizedTest
  @CsvSource({
    "51, 0, turned",
    "-51, 0, turned",
    "0, 51, turned",
    "0, -51, turned",
    "NaN, 0, turned"
  })
  void judge_refusesAFaceThatLooksAway(float yaw, float pitch, String word) {
    Refused refused = refused(List.of(aFace(99, yaw, pitch, 0)));

    assertThat(refused.code()).isEqualTo(FailureCode.LOW_QUALITY);
    assertThat(refused.message()).contains(word, "looks at the camera");
  }

  @Test
  void judge_refusesAFaceThatLies() {
    Refused refused = refused(List.of(aFace(99, 0, 0, -61)));

    assertThat(refused.code()).isEqualTo(FailureCode.LOW_QUALITY);
    assertThat(refused.message()).contains("tilted by about 61 degrees", "turn the photo upright");
  }

  @ParameterizedTest
  @CsvSource({"LOW_QUALITY", "INVALID_OUTPUT"})
  void judge_refusesAFaceWithoutEmbedding_byItsOwnReason(FailureCode reason) {
    assertThat(refused(List.of(aSkippedFace(200, reason))).code()).isEqualTo(reason);
  }

  private static Refused refused(List<Face> faces) {
    Refused refused = (Refused) GATE.judge(faces);
    assertThat(refused.faces()).isEqualTo(faces.size());
    return refused;
  }

  private static Face aFace(float width, float height) {
    return face(width, height, new FaceQuality(Math.min(width, height), 99, 0, 0, 0), null);
  }

  private static Face aFace(float sharpness, float yaw, float pitch, float roll) {
    return face(200, 200, new FaceQuality(200, sharpness, yaw, pitch, roll), null);
  }

  private static Face aSkippedFace(float side, FailureCode reason) {
    return face(side, side, new FaceQuality(side, 99, 0, 0, 0), reason);
  }

  private static Face face(
      float width, float height, FaceQuality quality, @Nullable FailureCode skipped) {
    return new Face(
        new BoundingBox(5, 5, 5 + width, 5 + height),
        1,
        List.of(),
        quality,
        skipped == null ? EMBEDDING : null,
        skipped);
  }
}
