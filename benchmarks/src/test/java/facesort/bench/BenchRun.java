package facesort.bench;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.ProjectHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A benchmark or chaos run as users run it. */
final class BenchRun {
  private BenchRun() {}

  /**
   * The command in a process of its own; its exit code must be 0. No JVM of it compiles for speed:
   * what counts here is the output, and most of the time is theirs to start.
   *
   * @param folder keeps what it printed
   */
  static JsonNode in(Path folder, String... words) throws Exception {
    List<String> arguments = List.of(words);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "facesort.bench.Main"));
    command.addAll(arguments);
    Path printed = folder.resolve("printed");
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(ProjectHome.find().path().toFile())
            .redirectOutput(printed.toFile())
            .redirectError(said.toFile());
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    int status = builder.start().waitFor();
    assertThat(status)
        .as(() ->
            "status of %s, which said:%n%s%n%s".formatted(arguments, text(said), text(printed)))
        .isZero();
    return JsonMapper.shared().readTree(text(printed));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
