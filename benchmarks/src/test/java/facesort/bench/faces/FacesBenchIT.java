package facesort.bench.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import facesort.bench.photos.PhotoFiles;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import org.junit.jupiter.api.Test;

class FacesBenchIT {
  @Test
  void legs_findTheSameFacesOnAnyNumberOfThreads() throws Exception {
    try (FaceModels models =
            FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));
        FaceLegs samples = new FaceLegs(models, PhotoFiles.samples());
        FaceLegs large = new FaceLegs(models, PhotoFiles.enlarged(12))) {
      Leg one = samples.pipeline(1, 1);
      Leg two = samples.pipeline(2, 2);

      assertThat(one.faces()).containsExactly(3, 3, 3, 4, 5, 4);
      assertThat(two.faces()).isEqualTo(one.faces());
      assertThat(two.facesPerSecond() / two.photosPerSecond()).isCloseTo(22 / 6.0, within(1e-9));
      assertThat(one.millis().values()).allMatch(millis -> millis > 0);
      assertThat(samples.networks(2, 1).millis())
          .containsOnlyKeys("detect", "detect_far", "landmarks", "embed");
      assertThat(large.pipeline(2, 1).faces()).isEqualTo(one.faces());
    }
  }

  @Test
  void photosPerSecond_withOtherFaces_isComputedOfTheSteps() {
    Leg leg =
        new Leg(
            2,
            1,
            java.util.List.of(4),
            1,
            java.util.Map.of(
                "decode", 3.0, "detect", 2.0, "landmarks", 0.5, "align", 0.5, "embed", 4.0));

    assertThat(leg.photosPerSecondWith(1)).isEqualTo(200);
    assertThat(leg.photosPerSecondWith(4)).isEqualTo(80);
  }
}
