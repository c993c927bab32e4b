package facesort.ops.console;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command, used as a picocli mixin. */
public final class CommonOptions {
  static final String VERBOSE = "--verbose";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (default: table).")
  Format format = Format.TABLE;

  @Option(names = VERBOSE, description = "Show the stack trace of an error.")
  boolean verbose;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of the local system (default: FACESORT_DATA, else .facesort in the project).")
  @Nullable Path data;

  /** Prints in the wanted format. */
  public Output output() {
    return Output.of(format);
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
