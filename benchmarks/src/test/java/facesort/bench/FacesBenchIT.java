package facesort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import org.junit.jupiter.api.Test;

class FacesBenchIT {

  @Test
  void run_findsTheSameFacesOnAnyNumberOfThreads() throws Exception {
    try (var models = FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"))) {
      var bench = new FacesBench(models, FacesBench.samplePhotos());

      assertThat(bench.run(1, 1).faces()).isEqualTo(22);
      assertThat(bench.run(2, 2).faces()).isEqualTo(44);
    }
  }
}
