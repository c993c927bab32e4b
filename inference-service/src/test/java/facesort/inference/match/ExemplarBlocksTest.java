package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.face.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExemplarBlocksTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 127, 512, 1000})
  void cosines_areWithinTheErrorOfTheRightOnes(int dimension) {
    for (int count : List.of(1, 15, 16, 17, 127, 128, 129, 300)) {
      RandomFaces random = new RandomFaces(count, dimension);
      float[] centre = random.vector();
      List<Embedding> exemplars = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        exemplars.add(Embedding.of(random.near(centre, i * 0.01)));
      }
      List<Embedding> faces =
          List.of(Embedding.of(centre), Embedding.of(random.vector()), exemplars.getLast());

      assertWithinError(dimension, exemplars, faces);
    }
  }

  @Test
  void cosines_ofVectorsMadeToRoundAlike_areWithinTheError() {
    int dimension = 512;
    List<Embedding> hostile = new ArrayList<>();
    for (float scale : List.of(1f, 1e-38f, 1e-42f, 3e31f)) {
      // One large number first: all later products are rounded to the sum's coarse steps.
      hostile.add(Embedding.of(filled(dimension, scale * 30, scale * 1.0000001f)));
      hostile.add(Embedding.of(filled(dimension, scale, scale)));
      hostile.add(Embedding.of(filled(dimension, -scale * 22.6f, scale)));
      hostile.add(Embedding.of(filled(dimension, scale * 1e6f, scale * 0.37f)));
      hostile.add(Embedding.of(growing(dimension, scale / 600)));
      hostile.add(Embedding.of(alternating(dimension, scale)));
    }

    assertWithinError(dimension, hostile, hostile);
  }

  @Test
  void cosines_ofFacesTogether_areThoseOfEachAlone() {
    RandomFaces random = new RandomFaces(7, 512);
    List<Embedding> exemplars = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      exemplars.add(Embedding.of(random.vector()));
    }
    ExemplarBlocks blocks = ExemplarBlocks.of(512, exemplars);

    float[][] together = blocks.cosines(exemplars.subList(0, 9));

    for (int face = 0; face < together.length; face++) {
      assertThat(together[face]).isEqualTo(blocks.cosines(List.of(exemplars.get(face)))[0]);
    }
  }

  @Test
  void error_growsWithTheDimension_andIsKnownOnlySoFar() {
    assertThat(ExemplarBlocks.error(512)).isBetween(512 * 0x1p-24, 530 * 0x1p-24);
    assertThatThrownBy(() -> ExemplarBlocks.error(100_000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertWithinError(
      int dimension, List<Embedding> exemplars, List<Embedding> faces) {
    float[][] cosines = ExemplarBlocks.of(dimension, exemplars).cosines(faces);
    for (int face = 0; face < faces.size(); face++) {
      assertThat(cosines[face]).hasSize(exemplars.size());
      for (int i = 0; i < exemplars.size(); i++) {
        double right = faces.get(face).cosine(exemplars.get(i));
        assertThat(Math.abs(cosines[face][i] - right))
            .as("face %s, exemplar %s", face, i)
            .isLessThanOrEqualTo(ExemplarBlocks.error(dimension));
      }
    }
  }

  private static float[] filled(int dimension, float first, float rest) {
    float[] values = new float[dimension];
    Arrays.fill(values, rest);
    values[0] = first;
    return values;
  }

  private static float[] growing(int dimension, float step) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = step * (i + 1);
    }
    return values;
  }

  private static float[] alternating(int dimension, float scale) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = i % 2 == 0 ? scale : -scale * 0.999f;
    }
    return values;
  }
}
