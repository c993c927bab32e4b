package facesort.ops.console;

import picocli.CommandLine.Option;

/** How a command prints, used as a picocli mixin by commands that need no local system. */
public final class OutputOptions {
  static final String VERBOSE = "--verbose";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json (default: table).")
  Format format = Format.TABLE;

  @Option(names = VERBOSE, description = "Show the stack trace of an error.")
  boolean verbose;

  /** Prints in the wanted format. */
  public Output output() {
    return Output.of(format);
  }
}
