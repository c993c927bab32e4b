package facesort.ops.system;

import facesort.local.process.ProcessStatus;
import facesort.ops.console.CommandException;
import facesort.ops.console.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The processes of a local system as its supervisor last saw them, kept in {@code run/status.json}
 * for other commands.
 *
 * @param parts in the order of their start
 */
record RunningParts(List<Part> parts) {

  /**
   * One process.
   *
   * @param since ISO-8601, UTC
   * @param address where it answers
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Part(
      String name,
      String state,
      long pid,
      String since,
      int restarts,
      String address,
      String log) {}

  static RunningParts of(List<ProcessStatus> statuses, Map<String, String> addresses) {
    return new RunningParts(
        statuses.stream()
            .map(status ->
                new Part(
                    status.name(),
                    status.state().name(),
                    status.pid(),
                    status.since().toString(),
                    status.restarts(),
                    addresses.getOrDefault(status.name(), ""),
                    status.log().toString()))
            .toList());
  }

  static Optional<RunningParts> read(Path data) {
    return new JsonFile(file(data))
        .read(RunningParts.class, "run facesort down and up again, it writes the file anew");
  }

  void write(Path data) {
    new JsonFile(file(data)).write(this);
  }

  static void delete(Path data) {
    try {
      Files.deleteIfExists(file(data));
    } catch (IOException e) {
      throw CommandException.error("cannot delete " + file(data) + ": " + e, e);
    }
  }

  private static Path file(Path data) {
    return data.resolve("run").resolve("status.json");
  }
}
