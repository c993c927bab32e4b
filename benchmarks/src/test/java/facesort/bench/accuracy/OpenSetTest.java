package facesort.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.bench.accuracy.OpenSet.Probe;
import facesort.bench.accuracy.OpenSet.Row;
import facesort.bench.accuracy.OpenSet.Run;
import facesort.bench.accuracy.OpenSet.Who;
import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenSetTest {
  @Test
  void at_countsWhatEachLimitDoes() {
    Run run =
        new Run(
            List.of(
                new Probe(Who.STRANGER, 0.7f, 0.2f),
                new Probe(Who.STRANGER, 0.7f, 0.05f),
                new Probe(Who.STRANGER, 0.45f, 0.2f),
                new Probe(Who.STRANGER, 0.1f, null),
                new Probe(Who.NEAREST, 0.5f, null),
                new Probe(Who.NEAREST, 0.49f, 0.3f),
                new Probe(Who.OTHER_FRIEND, 0.8f, 0.1f),
                new Probe(Who.NEAREST, 0.39f, 0.3f)),
            2,
            0);

    assertThat(run.at(0.5f, 0.1f, 0.4f))
        .isEqualTo(new Row(0.5f, 0.1f, 0.25, 0.5, 0.25, 0.25, 0.25));
  }

  @Test
  void run_enrollsEachHalfInTurn_withEachPictureInTurn() {
    // Four people at right angles, three pictures each.
    List<List<List<Face>>> people =
        IntStream.range(0, 4)
            .mapToObj(person ->
                List.of(List.of(face(person)), List.of(face(person)), List.of(face(person))))
            .toList();

    Run run = new OpenSet(1).run(people);

    assertThat(run.enrolled()).isEqualTo(2 * 3 * 2);
    assertThat(run.refused()).isZero();
    assertThat(run.ofStrangers()).isEqualTo(2 * 3 * 2 * 3);
    assertThat(run.ofFriends()).isEqualTo(2 * 3 * 2 * 2);
    assertThat(run.at(0.5f, 0.08f, 0.4f)).isEqualTo(new Row(0.5f, 0.08f, 0, 0, 1, 0, 0));
  }

  private static Face face(int person) {
    float[] values = new float[4];
    values[person] = 1;
    return new Face(
        new BoundingBox(0, 0, 100, 100),
        1,
        List.of(),
        new FaceQuality(100, 100, 0, 0, 0),
        Embedding.of(values),
        null);
  }
}
