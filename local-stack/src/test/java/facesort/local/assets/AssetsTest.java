package facesort.local.assets;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.assets.NpmPackage.WantedFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssetsTest {

  @Test
  void pinned_namesThreeModelsAndSixPhotos() {
    Assets.Pinned pinned = Assets.pinned();

    assertThat(pinned.models().files())
        .extracting(WantedFile::fileName)
        .containsExactly("fr_detect.onnx", "fr_landmark.onnx", "fr_feature.onnx");
    assertThat(pinned.samplePhotos().files()).hasSize(6);
    assertThat(pinned.samplePhotos().folderName()).isEqualTo("face-api-1.7.15");
  }

  @Test
  void cache_prefersItsOwnVariable() {
    Path cache = Assets.cache(Map.of("FACESORT_CACHE", "/a", "XDG_CACHE_HOME", "/b"), "/home/u");

    assertThat(cache).isEqualTo(Path.of("/a"));
  }

  @Test
  void cache_followsXdg() {
    assertThat(Assets.cache(Map.of("XDG_CACHE_HOME", "/b"), "/home/u"))
        .isEqualTo(Path.of("/b/facesort"));
  }

  @Test
  void cache_fallsBackToHome() {
    assertThat(Assets.cache(Map.of(), "/home/u")).isEqualTo(Path.of("/home/u/.cache/facesort"));
  }
}
