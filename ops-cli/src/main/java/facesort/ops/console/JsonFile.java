package facesort.ops.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A file that holds one value as JSON; whoever reads it sees the old value whole or the new. */
public record JsonFile(Path path) {

  /**
   * The value; empty when there is no file.
   *
   * @param remedy told to the user when it cannot be read
   * @throws CommandException when it cannot be read
   */
  public <T> Optional<T> read(Class<T> type, String remedy) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonMapper.shared().readValue(Files.readString(path), type));
    } catch (IOException | JacksonException e) {
      throw CommandException.error("cannot read %s: %s".formatted(path, remedy), e);
    }
  }

  /**
   * Writes it; its folder must exist.
   *
   * @throws CommandException when it cannot be written
   */
  public void write(Object value) {
    Path draft = path.resolveSibling(path.getFileName() + ".tmp");
    try {
      Files.writeString(draft, JsonMapper.shared().writeValueAsString(value));
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandException.error("cannot write " + path + ": " + e, e);
    }
  }
}
