package facesort.local;

import facesort.local.process.ProcessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The folder a stack keeps itself in: {@code stack.json} (ports) and {@code secrets.json}. */
public record DataFolder(Path path) {
  private static final long LEAST_FREE_BYTES = 256L << 20;

  static DataFolder create(Path path) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < LEAST_FREE_BYTES) {
        throw new ProcessException(
            "disk full: %s has %d MB left, the stack needs %d MB"
                .formatted(folder, free >> 20, LEAST_FREE_BYTES >> 20));
      }
      return new DataFolder(folder);
    } catch (IOException e) {
      throw new ProcessException("cannot use the data folder " + folder + ": " + e, e);
    }
  }

  /** A folder of one component, created. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(path.resolve(name));
  }

  Path log(String name) {
    return path.resolve("logs").resolve(name + ".log");
  }

  boolean isUsed() {
    return Files.exists(path.resolve("stack.json")) && Files.exists(path.resolve("secrets.json"));
  }

  Ports ports() throws IOException {
    Path file = path.resolve("stack.json");
    return Files.exists(file) ? read(file, Ports.class) : Ports.ANY;
  }

  void keep(Ports ports) throws IOException {
    writePrivately(path.resolve("stack.json"), JsonMapper.shared().writeValueAsString(ports));
  }

  /** The secrets of this folder, kept at the first call. */
  Secrets secrets(Supplier<Secrets> draw) throws IOException {
    Path file = path.resolve("secrets.json");
    if (!Files.exists(file)) {
      writePrivately(file, JsonMapper.shared().writeValueAsString(draw.get()));
    }
    return read(file, Secrets.class);
  }

  /** Writes the whole file at once, readable by its owner alone. */
  public static void writePrivately(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        draft,
        text.getBytes(StandardCharsets.UTF_8),
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC)
            .toArray(StandardOpenOption[]::new));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static <T> T read(Path file, Class<T> type) throws IOException {
    return JsonMapper.shared().readValue(Files.readString(file), type);
  }
}
