package facesort.inference.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {

  @Test
  void cosine_isThatOfTheAngle_whateverTheLengths() {
    assertThat(Embedding.of(3, 0).cosine(Embedding.of(0.5f, 0))).isEqualTo(1);
    assertThat(Embedding.of(3, 0).cosine(Embedding.of(0, 4))).isZero();
    assertThat(Embedding.of(1, 0).cosine(Embedding.of(-2, 0))).isEqualTo(-1);
    assertThat(Embedding.of(3, 4).cosine(Embedding.of(4, 3))).isEqualTo(0.96f);
  }

  @Test
  void cosine_withoutAnAnswer_isNaN() {
    Embedding good = Embedding.of(1, 2);

    assertThat(good.cosine(Embedding.of(0, 0))).isNaN();
    assertThat(good.cosine(Embedding.of(Float.NaN, 1))).isNaN();
    assertThat(good.cosine(Embedding.of(Float.POSITIVE_INFINITY, 1))).isNaN();
    assertThat(good.cosine(Embedding.of(1, 2, 3))).isNaN();
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void comparable_isWhatHasALength(float number) {
    assertThat(Embedding.of(number).isComparable()).isFalse();
    assertThat(Embedding.of(number, Float.MIN_VALUE).isComparable()).isEqualTo(number == 0);
    assertThat(Embedding.of(number, Float.MAX_VALUE).isComparable()).isEqualTo(number == 0);
  }

  @Test
  void unit_isWrittenInSteps() {
    float[] target = new float[5];

    Embedding.of(3, 4).writeUnit(target, 1, 3);

    assertThat(target).containsExactly(0, 0.6f, 0, 0, 0.8f);
  }

  @Test
  void cosine_keepsWhatFloatSumsWouldLose() {
    Embedding large = Embedding.of(1e8f, 1, -1e8f);

    assertThat(large.cosine(Embedding.of(1, 1, 1))).isEqualTo((float) (1 / Math.sqrt(6e16 + 3)));
  }

  @Test
  void normalised_hasLengthOne() {
    assertThat(Embedding.normalised(3, 4)).isEqualTo(Embedding.of(0.6f, 0.8f));
  }

  @Test
  void bytes_areLittleEndian_andComeBack() {
    Embedding embedding = Embedding.of(1, -2.5f);

    assertThat(embedding.toBytes().array()).containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0);
    assertThat(Embedding.fromBytes(embedding.toBytes())).isEqualTo(embedding);
  }

  @Test
  void bytes_ofHalfANumber_areRefused() {
    assertThatThrownBy(() -> Embedding.fromBytes(ByteBuffer.allocate(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void text_showsNoNumber() {
    assertThat(Embedding.of(0.125f, 0.25f)).hasToString("Embedding[2]");
  }
}
