package facesort.ops.api;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.JsonFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

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

  /** Those of the system last started in a data folder, running or not. */
  public static Optional<Endpoints> read(Path data) {
    return file(data).read(Endpoints.class, "run facesort up again, it writes the file anew");
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
    file(data).write(this);
  }

  private static JsonFile file(Path data) {
    return new JsonFile(data.resolve("services.json"));
  }
}
