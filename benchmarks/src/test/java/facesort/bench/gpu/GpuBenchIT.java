package facesort.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import facesort.bench.drive.WrongOutput;
import facesort.bench.photos.PhotoFiles;
import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandRun;
import facesort.ops.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuBenchIT {
  private static final Path CACHE = Assets.cache().resolve("edited-models");

  @Test
  void machineWithoutAGraphicsProcessor_isToldSo() {
    assumeFalse(Files.exists(Path.of("/dev/nvidia0")));

    assertThat(CommandRun.of(new GpuBench(), "--quick", "-o", "json"))
        .isEqualTo(ExitCode.UNAVAILABLE.code());
    assertThat(CommandRun.of(new GpuBench(), "--device", "cpu")).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void devicesThatAnswerTheSame_areMeasured() throws Exception {
    try (FaceModels one = FaceModels.load(Assets.models(), CACHE);
        FaceModels other = FaceModels.load(Assets.models(), CACHE)) {
      GpuBench.Result result = GpuBench.compared(one, other, PhotoFiles.samples(), true);

      assertThat(result.byBatch()).containsOnlyKeys(1, 8, 16, 32);
      assertThat(result.byBatch().values()).allMatch(rates -> rates[0] > 0 && rates[1] > 0);
      assertThat(result.cpuPhotos()).isPositive();
      assertThat(result.pipeline()).isPositive();
      assertThat(result.leastCosine()).isGreaterThan(0.99999);
    }
  }

  @Test
  void facesThatAreOthers_areWrong() {
    Face face = face(1, 0);

    assertThat(SameAnswers.faces("p", List.of(face), List.of(face(1, 0.01f)))).isLessThan(1);
    assertWrong(List.of(face), List.of());
    assertWrong(List.of(face), List.of(face(1, 0.1f)));
    assertWrong(List.of(face), List.of(face(Float.NaN, 0)));
  }

  private static void assertWrong(List<Face> expected, List<Face> found) {
    assertThatThrownBy(() -> SameAnswers.faces("p", expected, found))
        .isInstanceOf(WrongOutput.class);
  }

  private static Face face(float x, float y) {
    return new Face(new BoundingBox(0, 0, 10, 10), 0.9f, List.of(), null, Embedding.of(x, y), null);
  }
}
