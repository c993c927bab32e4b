package facesort.local.assets;

import java.nio.file.Path;
import java.util.List;

/**
 * One npm package as it is pinned.
 *
 * @param name package name, with its scope
 * @param version exact version
 * @param integrity hash of the whole package as npm writes it: {@code sha512-} and base64
 * @param files the files wanted, the rest of the package is not kept
 */
record NpmPackage(String name, String version, String integrity, List<WantedFile> files) {

  /**
   * One file of a package.
   *
   * @param path path below the package's root
   * @param sha256 hash of the content, lower-case hex
   */
  record WantedFile(String path, String sha256) {
    String fileName() {
      return String.valueOf(Path.of(path).getFileName());
    }
  }

  NpmPackage {
    files = List.copyOf(files);
    if (!integrity.startsWith("sha512-")) {
      throw new IllegalArgumentException(name + ": integrity must start with sha512-");
    }
  }

  String coordinate() {
    return name + "@" + version;
  }

  /** Where the files live below the cache: {@code face-api-1.7.15}. */
  String folderName() {
    return name.substring(name.lastIndexOf('/') + 1) + "-" + version;
  }
}
