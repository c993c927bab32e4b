package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.detect.FacePipeline;
import facesort.local.assets.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaceModelsIT {
  @TempDir Path cache;

  @ParameterizedTest
  @EnumSource
  void edits_keepWhatAModelComputes_aloneAndInABatch(ShippedModel model) {
    byte[] shipped = model.read(Assets.models());

    byte[] edited = ModelEdits.apply(shipped);

    ModelCheck.compare(model, shipped, edited);
    assertThat(edited).isNotEqualTo(shipped);
  }

  @ParameterizedTest
  @EnumSource
  void shippedModel_hasAFixedBatch_soTheEditIsNeeded(ShippedModel model) {
    byte[] shipped = model.read(Assets.models());

    assertThatThrownBy(() -> ModelCheck.compare(model, shipped, shipped))
        .isInstanceOf(InferenceFailed.class);
  }

  @Test
  void load_keepsCheckedFiles_andReplacesADamagedOne() throws IOException {
    FaceModels.load(Assets.models(), cache).close();
    Path kept = keptFile("fr_feature");
    byte[] good = Files.readAllBytes(kept);
    byte[] damaged = good.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(kept, damaged);

    FaceModels.load(Assets.models(), cache).close();

    assertThat(Files.readAllBytes(kept)).isEqualTo(good);
    assertThat(cache.toFile().list()).hasSize(ShippedModel.values().length);
  }

  @Test
  void load_refusesAnotherFileUnderTheName(@TempDir Path models) throws IOException {
    Files.write(models.resolve("fr_detect.onnx"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> FaceModels.load(models, cache))
        .isInstanceOf(ModelRefused.class)
        .hasMessageMatching("Model fr_detect: SHA-256 is [0-9a-f]{64}, must be 6c0256cc[0-9a-f]+");
  }

  @Test
  void load_namesTheMissingFile(@TempDir Path models) {
    assertThatThrownBy(() -> FaceModels.load(models, cache))
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining("fr_detect")
        .hasMessageContaining("cannot read");
  }

  @ParameterizedTest
  @EnumSource
  void modelThatComputesSomethingElse_doesNotFindTheKnownFace(ShippedModel broken) {
    Map<ShippedModel, OnnxModel> open = new EnumMap<>(ShippedModel.class);
    for (ShippedModel model : ShippedModel.values()) {
      byte[] file = ModelEdits.apply(model.read(Assets.models()));
      open.put(model, OnnxModel.open(model, model == broken ? withoutSomeWeights(file) : file));
    }

    try (FaceModels models = models(open);
        FacePipeline pipeline = new FacePipeline(models)) {
      assertThatThrownBy(pipeline::check)
          .isInstanceOf(ModelRefused.class)
          .hasMessageStartingWith("The models find ");
    }
  }

  private static FaceModels models(Map<ShippedModel, OnnxModel> open) {
    return new FaceModels(
        Objects.requireNonNull(open.get(ShippedModel.DETECT)),
        Objects.requireNonNull(open.get(ShippedModel.LANDMARK)),
        Objects.requireNonNull(open.get(ShippedModel.FEATURE)));
  }

  /** The middle of the file is inside of a large tensor. */
  private static byte[] withoutSomeWeights(byte[] file) {
    byte[] damaged = file.clone();
    Arrays.fill(damaged, file.length / 2, file.length / 2 + 8192, (byte) 0);
    return damaged;
  }

  private Path keptFile(String model) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(model))
          .findFirst()
          .orElseThrow();
    }
  }
}
