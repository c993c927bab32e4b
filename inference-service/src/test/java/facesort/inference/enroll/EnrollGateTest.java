package facesort.inference.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.schemas.FailureCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnrollGateTest {
  private static final Embedding EMBEDDING = Embedding.of(1, 0);

  @Test
  void judge_takesOneLargeFace() {
    assertThat(EnrollGate.judge(List.of(aFace(40, 50)))).isEqualTo(new Accepted(EMBEDDING));
  }

  @Test
  void judge_refusesAPhotoWithoutAFace() {
    assertThat(code(List.of())).isEqualTo(FailureCode.NO_FACE);
  }

  @Test
  void judge_refusesTwoFaces_howeverDifferentInSize() {
    assertThat(code(List.of(aFace(400, 400), aFace(20, 20)))).isEqualTo(FailureCode.MULTIPLE_FACES);
  }

  @Test
  void judge_refusesASmallFace() {
    assertThat(code(List.of(aFace(39, 90)))).isEqualTo(FailureCode.FACE_TOO_SMALL);
  }

  private static FailureCode code(List<Face> faces) {
    Refused refused = (Refused) EnrollGate.judge(faces);
    assertThat(refused.faces()).isEqualTo(faces.size());
    return refused.code();
  }

  private static Face aFace(float width, float height) {
    return new Face(
        new BoundingBox(5, 5, 5 + width, 5 + height), 1, List.of(), null, EMBEDDING, null);
  }
}
