package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.assets.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Models are what their hash says, and nothing else. */
class ModelHashIT {
  private static final List<String> FILES = List.of("fr_detect", "fr_landmark", "fr_feature");

  @ParameterizedTest
  @FieldSource("FILES")
  void modelWithOneOtherBit_isRefused_byItsName_alsoWhenAnEditedOneIsKept(
      String changed, @TempDir Path models, @TempDir Path cache) throws IOException {
    FaceModels.load(Assets.models(), cache).close();
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(Assets.models().resolve(file + ".onnx"));
      if (file.equals(changed)) {
        bytes[bytes.length / 2] ^= 1;
      }
      Files.write(models.resolve(file + ".onnx"), bytes);
    }

    assertThatThrownBy(() -> FaceModels.load(models, cache).close())
        .isInstanceOf(ModelRefused.class)
        .hasMessageStartingWith("Model " + changed + ": SHA-256 is ");
  }

  @Test
  void modelId_isMadeOfTheFilesThatAreRead() throws IOException {
    StringBuilder id = new StringBuilder();
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(Assets.models().resolve(file + ".onnx"));
      id.append(id.isEmpty() ? "" : "+").append(Sha256.of(bytes), 0, 16);
    }

    assertThat(FaceModels.modelId()).isEqualTo(id.toString());
  }

  @Test
  void spaceId_namesTheModelThatMakesTheVectors_andHowAFaceIsPutBeforeIt() {
    assertThat(FaceModels.spaceId()).matches("87aacdfe57510db2-similarity5-bgr-\\d+");
    assertThat(FaceModels.modelId().split("\\+")).contains(FaceModels.spaceId().substring(0, 16));
  }
}
