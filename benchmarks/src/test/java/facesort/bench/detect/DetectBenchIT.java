package facesort.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The detector's published figures are the floor: at most one face less is the same. */
class DetectBenchIT {
  private static FaceModels models;
  private static Lookers lookers;

  @BeforeAll
  static void loadModels() {
    models = FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));
    lookers = new Lookers(models);
  }

  @AfterAll
  static void closeModels() {
    lookers.close();
    models.close();
  }

  @Test
  void samplePhotos_haveTheirFacesAndNothingElse() {
    Lookers.Row photos = lookers.look("photos", Scenes.shrunk(1).stream());

    assertThat(photos.faces()).isEqualTo(22);
    assertThat(photos.detector()).isEqualTo(new Score(22, 0));
  }

  @ParameterizedTest
  @CsvSource({"1.5, 22", "2, 22", "3, 22", "4, 21"})
  void facesFromAfar_areFound_andNothingElse(double times, int measured) {
    Lookers.Row photos = lookers.look("from afar", Scenes.shrunk(times).stream());

    assertThat(photos.detector().found()).isGreaterThanOrEqualTo(measured - 1);
    assertThat(photos.detector().wrong()).isZero();
    assertThat(photos.detector().found()).isGreaterThanOrEqualTo(photos.first().found());
  }

  @Test
  void plainMerge_takesPartsOfLargeFacesForFaces_theDetectorDoesNot() {
    Lookers.Row faces = lookers.look("close-ups", Scenes.closeUps(1.1).stream());

    assertThat(faces.merged().wrong()).isGreaterThan(5);
    assertThat(faces.detector()).isEqualTo(new Score(22, 0));
    assertThat(faces.far()).isZero();
  }

  @Test
  void bodiesAndFurniture_areNoFaces() {
    Lookers.Row empty = lookers.look("no face", Scenes.empty().stream());

    assertThat(empty.detector()).isEqualTo(Score.NONE);
    assertThat(empty.far()).isEqualTo(empty.pictures());
  }
}
