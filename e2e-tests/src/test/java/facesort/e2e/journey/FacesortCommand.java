package facesort.e2e.journey;

import facesort.local.ProjectHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code facesort} command as the build made it, on a data folder of its own. */
record FacesortCommand(Path folder) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long LONGEST_MINUTES = 10;

  /**
   * What a command did.
   *
   * @param exitCode its exit code
   * @param output what it printed on standard output
   */
  record Result(int exitCode, String output) {

    /** The object on the last line. */
    JsonNode json() {
      return JSON.readTree(output.strip().lines().reduce("", (_, last) -> last));
    }
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    var output = Files.createTempFile(folder, "output", ".txt");
    var process = start(output, arguments);
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
      throw new IllegalStateException(
          "still running: " + List.of(arguments) + "\n" + Files.readString(output));
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** Starts a command that writes to a file; the caller ends it. */
  Process start(Path output, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
    command.add(home().resolve("ops-cli/target/ops-cli.jar").toString());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()));
    builder.environment().put("FACESORT_HOME", home().toString());
    builder.environment().put("FACESORT_DATA", data().toString());
    return builder.start();
  }

  /** The data folder. */
  Path data() {
    return folder.resolve("data");
  }

  /** What the commands printed on standard error. */
  String errors() throws IOException {
    var file = folder.resolve("errors.txt");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static Path home() {
    return ProjectHome.find().path();
  }
}
