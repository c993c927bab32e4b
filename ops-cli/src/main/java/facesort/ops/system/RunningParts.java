package facesort.ops.system;

import facesort.local.process.ProcessStatus;
import facesort.ops.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

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
    Path file = file(data);
    try {
      return Files.exists(file)
          ? Optional.of(JsonMapper.shared().readValue(Files.readString(file), RunningParts.class))
          : Optional.empty();
    } catch (IOException | JacksonException e) {
      throw CommandException.error("cannot read " + file + ": " + e, e);
    }
  }

  void write(Path data) {
    Path file = file(data);
    Path draft = file.resolveSibling("status.json.tmp");
    try {
      Files.writeString(draft, JsonMapper.shared().writeValueAsString(this));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandException.error("cannot write " + file + ": " + e, e);
    }
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
