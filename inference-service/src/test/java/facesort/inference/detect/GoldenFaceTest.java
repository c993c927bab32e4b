package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelRefused;
import facesort.schemas.FailureCode;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoldenFaceTest {
  @Test
  void knownFace_isAccepted() {
    assertThat(GoldenFace.embedding().dimension()).isEqualTo(FaceModels.DIMENSION);
    assertThatCode(() -> GoldenFace.require(found(GoldenFace.embedding())))
        .doesNotThrowAnyException();
  }

  @Test
  void noFaceOrTwo_areRefused() {
    List<Face> one = found(GoldenFace.embedding());

    assertRefused(List.of(), "find 0 faces");
    assertRefused(List.of(one.getFirst(), one.getFirst()), "find 2 faces");
  }

  @Test
  void embeddingThatIsSlightlyAnother_isRefused() {
    float[] values = values();
    values[0] += 0.06f;

    assertRefused(found(Embedding.normalised(values)), "cosine 0.99");
  }

  @Test
  void embeddingWithoutNumbers_isRefused() {
    float[] values = values();
    values[3] = Float.NaN;

    assertRefused(found(Embedding.of(values)), "cosine NaN");
    assertRefused(found(Embedding.of(new float[FaceModels.DIMENSION])), "cosine NaN");
    assertRefused(found(null), "cosine NaN");
  }

  @Test
  void faceElsewhere_isRefused() {
    BoundingBox box = GoldenFace.BOX.scaled(0.9f);

    assertRefused(
        List.of(new Face(box, 0.9f, List.of(), null, GoldenFace.embedding(), null)),
        "with overlap 0.");
  }

  private static void assertRefused(List<Face> found, String why) {
    assertThatThrownBy(() -> GoldenFace.require(found))
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining(why);
  }

  private static List<Face> found(@Nullable Embedding embedding) {
    return List.of(
        new Face(
            GoldenFace.BOX,
            0.9f,
            List.of(),
            null,
            embedding,
            embedding == null ? FailureCode.INVALID_OUTPUT : null));
  }

  private static float[] values() {
    float[] values = new float[FaceModels.DIMENSION];
    GoldenFace.embedding().toBytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
