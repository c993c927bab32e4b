package facesort.local;

import facesort.local.process.LogFile;
import facesort.local.process.ProcessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A preparatory command that runs to its end. */
final class OneShot {
  private static final int LIMIT_SECONDS = 60;
  private static final int TAIL_LINES = 10;

  private OneShot() {}

  static void run(String what, List<String> command, Path folder, Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    if (!ended || process.exitValue() != 0) {
      throw new ProcessException(
          "%s failed; its log %s ends:".formatted(what, log), new LogFile(log).tail(0, TAIL_LINES));
    }
  }
}
