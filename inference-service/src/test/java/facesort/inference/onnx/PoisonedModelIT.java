package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.TestPhotos;
import facesort.local.assets.Assets;
import facesort.schemas.FailureCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models that answer with what is no number: never a match, never "no face". */
class PoisonedModelIT {
  @TempDir Path cache;
  private final TestDevice device = TestDevice.cpu();
  private FaceModels models;
  private FacePipeline pipeline;

  @BeforeEach
  void open() {
    models = FaceModels.load(Assets.models(), cache, device.device());
    pipeline = new FacePipeline(models);
  }

  @AfterEach
  void close() {
    pipeline.close();
    models.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"LANDMARK", "FEATURE"})
  void faces_withoutPointsOrEmbedding_areSkipped(ShippedModel model) throws Exception {
    device.poison(model);

    assertThat(faces()).hasSize(3).allMatch(face -> face.skipped() == FailureCode.INVALID_OUTPUT);
  }

  @Test
  void photo_withoutScores_hasNotNoFaces() {
    device.poison(ShippedModel.DETECT);

    assertThatThrownBy(this::faces).isInstanceOf(InvalidOutput.class);
  }

  @ParameterizedTest
  @EnumSource
  void worker_withSuchAModel_doesNotStart(ShippedModel model) {
    device.poison(model);

    assertThatThrownBy(() -> device.device().verify(pipeline::check))
        .isInstanceOf(ModelRefused.class);
  }

  private List<Face> faces() throws Exception {
    try (DecodedPhoto photo = new PhotoDecoder().decode(TestPhotos.sample(1))) {
      return pipeline.faces(photo);
    }
  }
}
