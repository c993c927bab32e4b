package facesort.ops.system;

import facesort.local.JavaCommand;
import facesort.local.process.Supervisor;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a supervisor that outlives this command, and shows what it says until all is ready. */
public final class Detached {
  private static final int HEAP_MEBIBYTES = 128;
  private static final int POLL_MILLIS = 100;

  private Detached() {}

  /** Returns when everything is ready; throws with the supervisor's own words otherwise. */
  public static void start(SystemSettings settings, Output output)
      throws IOException, InterruptedException {
    if (Supervisor.holder(settings.data()).isPresent()) {
      throw new CommandException(
          ExitCode.ERROR, "already running on " + settings.data() + ": facesort down stops it");
    }
    Path logs = Files.createDirectories(settings.data().resolve("logs"));
    Path log = logs.resolve("supervisor.log");
    Files.deleteIfExists(log);
    Path ready = settings.data().resolve("ready");
    Files.deleteIfExists(ready);
    Process supervisor = launch(settings, log, ready);
    await(supervisor, log, ready, output);
    Files.deleteIfExists(ready);
  }

  private static Process launch(SystemSettings settings, Path log, Path ready) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(
        JavaCommand.withHeap(HEAP_MEBIBYTES)
            .quickStart()
            .main(System.getProperty("java.class.path"), "facesort.ops.Main", "up"));
    command.addAll(List.of("--data", settings.data().toString()));
    command.addAll(List.of("--out", settings.folderRoot().toString()));
    command.addAll(List.of("--ready-file", ready.toString()));
    settings.ports().forEach((name, port) -> command.addAll(List.of("--port", name + "=" + port)));
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void await(Process supervisor, Path log, Path ready, Output output)
      throws IOException, InterruptedException {
    int shown = 0;
    while (!Files.exists(ready)) {
      boolean ended = supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      List<String> lines = Files.readAllLines(log);
      lines.subList(shown, lines.size()).forEach(output::say);
      shown = lines.size();
      if (ended) {
        throw new CommandException(
            ExitCode.ERROR, "the system did not start; all it said is in " + log);
      }
    }
  }
}
