package facesort.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and shows what it said if that is not a good one. */
record OtherProcess(Path folder, List<String> command) {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Last line of its output. */
  String lastLine() throws IOException, InterruptedException {
    var output = Files.createTempFile("interop", ".txt");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      var said = Files.readString(output);
      assertThat(ended).as("%s ends within %s; it said: %s", command, LIMIT, said).isTrue();
      assertThat(process.exitValue()).as("%s said: %s", command, said).isZero();
      return said.lines().reduce("", (before, line) -> line);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
