package facesort.ops.api;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the services of a running local system answer, kept as {@code services.json} in its data
 * folder: written by whoever starts the services, read by every other command. The file stays when
 * the system stops, so that the next start delivers to the same folder.
 *
 * @param ingest base URL of ingest
 * @param projector base URL of the projector
 * @param folderRoot absolute folder the folder channel delivers below
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Endpoints(URI ingest, URI projector, Path folderRoot) {
  private static final String FILE = "services.json";

  /** Those of the system last started in a data folder, running or not. */
  public static Optional<Endpoints> read(Path data) {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonMapper.shared().readValue(Files.readString(file), Endpoints.class));
    } catch (IOException | JacksonException e) {
      throw CommandException.error(
          "cannot read %s: run facesort up again, it writes the file anew".formatted(file), e);
    }
  }

  /** Those of the system last started in a data folder; says what to do when there was none. */
  public static Endpoints require(Path data) {
    return read(data)
        .orElseThrow(() ->
            new CommandException(
                ExitCode.NOT_FOUND,
                "no system was started in %s: run facesort up --detach, or name the services by --ingest-url and --projector-url"
                    .formatted(data)));
  }

  /** Writes the file at once. */
  public void write(Path data) {
    Path draft = data.resolve(FILE + ".tmp");
    try {
      Files.writeString(draft, JsonMapper.shared().writeValueAsString(this));
      Files.move(draft, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandException.error("cannot write " + data.resolve(FILE) + ": " + e, e);
    }
  }
}
