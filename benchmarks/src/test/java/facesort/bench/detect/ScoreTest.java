package facesort.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  private static final BoundingBox FACE = new BoundingBox(0, 0, 10, 10);
  private static final BoundingBox NEXT = new BoundingBox(100, 0, 110, 10);
  private static final BoundingBox PARTLY_SHOWN = new BoundingBox(200, 0, 210, 10);

  @Test
  void boxThatOverlapsEnough_isTheFace() {
    // 6 of 14 columns shared: 0.43; 5 of 15: 0.33.
    assertThat(score(new BoundingBox(4, 0, 14, 10))).isEqualTo(new Score(1, 0));
    assertThat(score(new BoundingBox(5, 0, 15, 10))).isEqualTo(new Score(0, 1));
  }

  @Test
  void secondBoxOnAFace_isWrong() {
    assertThat(score(FACE, new BoundingBox(0, 0, 10, 9))).isEqualTo(new Score(1, 1));
  }

  @Test
  void eachFaceHasABoxOfItsOwn() {
    assertThat(score(NEXT, FACE)).isEqualTo(new Score(2, 0));
  }

  @Test
  void faceThatIsPartlyShown_isNeitherExpectedNorWrong() {
    assertThat(score(FACE, PARTLY_SHOWN)).isEqualTo(new Score(1, 0));
  }

  @Test
  void oneFaceWherever_isOneBox() {
    Scene scene = new Scene(new byte[0], List.of(), List.of(), 1);

    assertThat(Score.of(scene, List.of())).isEqualTo(new Score(0, 0));
    assertThat(Score.of(scene, List.of(FACE))).isEqualTo(new Score(1, 0));
    assertThat(Score.of(scene, List.of(FACE, NEXT))).isEqualTo(new Score(1, 1));
  }

  private static Score score(BoundingBox... boxes) {
    Scene scene = new Scene(new byte[0], List.of(FACE, NEXT), List.of(PARTLY_SHOWN), 0);
    return Score.of(scene, List.of(boxes));
  }
}
