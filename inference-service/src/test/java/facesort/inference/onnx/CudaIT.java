package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.TestPhotos;
import facesort.local.assets.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking for a graphics processor that is not there, and losing one. */
class CudaIT {
  private static final long MEMORY = 1L << 30;

  @TempDir Path cache;

  @Test
  void session_isRefused_byTheRealLibrary() {
    assumeFalse(hasGraphicsProcessor());
    byte[] file = ShippedModel.DETECT.read(Assets.models());

    assertThatThrownBy(() ->
            OwnedSession.open(
                ShippedModel.DETECT,
                () -> OrtModelSession.open(ShippedModel.DETECT, file, new Device.Cuda(0, MEMORY))))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("OrtException");
  }

  @Test
  void models_thatMustHaveCuda_areRefused_inOneLineThatSaysWhatToDo() {
    assumeFalse(hasGraphicsProcessor());
    ModelDevice device = ModelDevice.of(DeviceChoice.of("cuda:1", MEMORY));

    assertThatThrownBy(() -> FaceModels.load(Assets.models(), cache, device).close())
        .isInstanceOfSatisfying(
            ModelRefused.class,
            refused -> {
              assertThat(refused)
                  .hasMessageStartingWith(
                      "facesort.models.device wants cuda:1, and that is refused: ");
              assertThat(refused.getMessage()).doesNotContain("\n");
              assertThat(refused.remedy()).contains("profile gpu");
            });
  }

  @Test
  void models_thatMayHaveCuda_runOnTheProcessor_whenItRefuses() throws Exception {
    assumeFalse(hasGraphicsProcessor());
    ModelDevice tries = new ModelDevice(DeviceChoice.of("auto", MEMORY), ModelDevice::opened);
    ModelDevice knows = ModelDevice.of(DeviceChoice.of("auto", MEMORY));

    try (FaceModels one = FaceModels.load(Assets.models(), cache, tries);
        FaceModels other = FaceModels.load(Assets.models(), cache, knows)) {
      assertThat(tries.current()).isEqualTo(Device.CPU);
      assertThat(knows.current()).isEqualTo(Device.CPU);
      assertThat(faces(new FacePipeline(one))).isEqualTo(faces(new FacePipeline(other)));
    }
  }

  @Test
  void deviceThatIsLostAtWork_costsTheCallsUnderWay_andTheFacesStayTheSame() throws Exception {
    TestDevice cuda = TestDevice.cuda();
    try (FaceModels models = FaceModels.load(Assets.models(), cache, cuda.device());
        FaceModels onCpu = FaceModels.load(Assets.models(), cache)) {
      FacePipeline pipeline = new FacePipeline(models);
      List<Face> expected = faces(new FacePipeline(onCpu));
      assertThat(faces(pipeline)).isEqualTo(expected);
      cuda.breakDown(
          true,
          (model, inputs) -> {
            if (model == ShippedModel.FEATURE) {
              throw new OrtException("CUDA failure 2: out of memory");
            }
          });

      assertThatThrownBy(() -> faces(pipeline))
          .isInstanceOf(InferenceFailed.class)
          .hasRootCauseMessage("CUDA failure 2: out of memory");

      assertThat(cuda.device().current()).isEqualTo(Device.CPU);
      assertThat(faces(pipeline)).isEqualTo(expected);
    }
  }

  private static List<Face> faces(FacePipeline pipeline) throws Exception {
    List<Face> faces = new ArrayList<>();
    for (int sample = 1; sample <= 2; sample++) {
      try (DecodedPhoto photo = new PhotoDecoder().decode(sample(sample))) {
        faces.addAll(pipeline.faces(photo));
      }
    }
    assertThat(faces).hasSize(6);
    return faces;
  }

  private static byte[] sample(int number) throws IOException {
    return TestPhotos.sample(number);
  }

  /** Whether a driver is there; the library of the profile gpu is on every machine that has it. */
  private static boolean hasGraphicsProcessor() {
    return Files.exists(Path.of("/dev/nvidia0"));
  }
}
