package facesort.ops.console;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command, used as a picocli mixin. */
public final class CommonOptions {
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the local system (default: FACESORT_DATA, else .facesort in the project).")
  @Nullable Path data;

  /** Prints in the wanted format. */
  public Output output() {
    return output.output();
  }

  /** Folder of the local system, absolute; it may not exist. */
  public Path data() {
    return data != null ? data.toAbsolutePath().normalize() : data(System.getenv());
  }

  static Path data(Map<String, String> environment) {
    @Nullable String named = environment.get("FACESORT_DATA");
    @Nullable String home = environment.get("FACESORT_HOME");
    Path chosen =
        named != null ? Path.of(named) : Path.of(home != null ? home : "").resolve(".facesort");
    return chosen.toAbsolutePath().normalize();
  }
}
