package facesort.inference.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives the edited form of each shipped model: made and checked once, then kept in a folder. The
 * file's name says what it was made of, by which edits, and its own hash, so that a stale or
 * damaged file is never used; it appears in one move, so that processes may share the folder.
 */
final class EditedModels {
  private final Path shipped;
  private final Path cache;

  /** Reads shipped models from one folder and keeps edited ones in another. */
  EditedModels(Path shipped, Path cache) {
    this.shipped = shipped;
    this.cache = cache;
  }

  /**
   * Returns the edited file of a model.
   *
   * @throws ModelRefused if the shipped file is not the pinned one, or the edited one differs in
   *     what it computes
   */
  byte[] file(ShippedModel model) {
    byte[] original = model.read(shipped);
    String prefix =
        "%s-%s-v%d-".formatted(model.model(), model.sha256().substring(0, 16), ModelEdits.VERSION);
    try {
      Optional<byte[]> kept = kept(prefix);
      if (kept.isPresent()) {
        return kept.get();
      }
      byte[] edited = ModelEdits.apply(original);
      ModelCheck.compare(model, original, edited);
      keep(prefix, edited);
      return edited;
    } catch (IOException e) {
      throw new ModelRefused("Model " + model.model() + ": cannot use the cache " + cache, e);
    }
  }

  private Optional<byte[]> kept(String prefix) throws IOException {
    Files.createDirectories(cache);
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith(prefix)).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.getFileName().toString().equals(name(prefix, bytes))) {
          return Optional.of(bytes);
        }
      }
    }
    return Optional.empty();
  }

  private void keep(String prefix, byte[] edited) throws IOException {
    Path part = Files.createTempFile(cache, "edit", ".part");
    try {
      Files.write(part, edited);
      Files.move(part, cache.resolve(name(prefix, edited)), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String name(String prefix, byte[] bytes) {
    return prefix + Sha256.of(bytes) + ".onnx";
  }
}
