package facesort.ops.api;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to the services, used as a picocli mixin. */
public final class ServiceOptions {
  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      converter = OwnerId.class,
      description = "Whose jobs and friends (default: ${DEFAULT-VALUE}).")
  String owner = "demo";

  @Option(
      names = "--ingest-url",
      paramLabel = "URL",
      description = "Where ingest answers (default: the local system's).")
  @Nullable URI ingest;

  @Option(
      names = "--projector-url",
      paramLabel = "URL",
      description = "Where the projector answers (default: the local system's).")
  @Nullable URI projector;

  /**
   * Ingest, as the owner.
   *
   * @param data folder of the local system
   */
  public IngestApi ingest(Path data) {
    return new IngestApi(ingest != null ? ingest : Endpoints.require(data).ingest(), owner);
  }

  /**
   * The projector, as the owner.
   *
   * @param data folder of the local system
   */
  public ProjectorApi projector(Path data) {
    return new ProjectorApi(
        projector != null ? projector : Endpoints.require(data).projector(), owner);
  }
}
