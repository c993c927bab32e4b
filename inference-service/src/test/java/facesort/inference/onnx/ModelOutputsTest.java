package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOutputsTest {
  private static final ModelOutputs THREE =
      new ModelOutputs(
          Map.of("scores", new float[] {1, 2, 3}, "boxes", new float[] {1, 2, 3, 4, 5, 6}));

  @Test
  void parts_joined_areTheWhole() {
    ModelOutputs joined = ModelOutputs.joined(List.of(THREE.part(0, 1, 3), THREE.part(1, 2, 3)));

    assertThat(THREE.part(1, 2, 3).get("boxes")).containsExactly(3, 4, 5, 6);
    assertThat(joined.get("scores")).containsExactly(1, 2, 3);
    assertThat(joined.get("boxes")).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void finite_letsNumbersPass() {
    assertThat(THREE.finite()).isSameAs(THREE);
    assertThat(
            new ModelOutputs(Map.of("a", new float[] {Float.MAX_VALUE, -Float.MAX_VALUE})).finite())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void finite_refusesWhatIsNoNumber(float value) {
    ModelOutputs outputs = new ModelOutputs(Map.of("scores", new float[] {1, value, 2}));

    assertThatThrownBy(outputs::finite)
        .isInstanceOf(InvalidOutput.class)
        .hasMessage("Output scores has a value that is no number");
  }
}
