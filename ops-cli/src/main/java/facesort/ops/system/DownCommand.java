package facesort.ops.system;

import facesort.local.FileTree;
import facesort.local.process.Supervisor;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops the local system, whoever started it. */
@Command(
    name = "down",
    description = {
      "Stop the local system; its data stays, and the next up goes on with it.",
      "Also stops what is left of a launcher that was killed."
    },
    footer = {"", "Examples:", "  facesort down", "  facesort down --wipe --yes"})
public final class DownCommand implements Callable<Integer> {
  private static final int LIMIT_SECONDS = 120;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--wipe", description = "Then delete all data: topics, tables, objects, logs.")
  boolean wipe;

  @Option(names = "--yes", description = "Do not ask before deleting.")
  boolean yes;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Output output = common.output();
    Path data = common.data();
    boolean stopped = stop(data, output);
    boolean wiped = wipe && wipe(data, output);
    output.result(Map.of("stopped", stopped, "wiped", wiped));
    return ExitCode.DONE.code();
  }

  private static boolean stop(Path data, Output output) throws InterruptedException {
    OptionalLong supervisor = Supervisor.holder(data);
    if (supervisor.isPresent()) {
      output.say("Stopping process " + supervisor.getAsLong() + " and what it runs.");
      end(supervisor.getAsLong());
      output.say("Stopped.");
      return true;
    }
    if (Files.isDirectory(data.resolve("run"))) {
      // Opening alone stops orphans, and says so.
      Supervisor.open(data, new EventLines(output)).close();
      RunningParts.delete(data);
    }
    output.say("Nothing is running on " + data + ".");
    return false;
  }

  private static void end(long pid) throws InterruptedException {
    ProcessHandle supervisor = ProcessHandle.of(pid).orElseThrow();
    supervisor.destroy();
    try {
      supervisor.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw CommandException.error(
          "process %d did not stop within %d s".formatted(pid, LIMIT_SECONDS), e);
    }
  }

  private boolean wipe(Path data, Output output) throws IOException {
    if (!Files.exists(data)) {
      return false;
    }
    if (!Files.exists(data.resolve("stack.json"))) {
      throw new CommandException(
          ExitCode.ERROR, data + " is not a data folder of facesort: nothing was deleted");
    }
    if (!yes && !confirmed(data)) {
      output.say("Nothing was deleted.");
      return false;
    }
    FileTree.delete(data);
    output.say("Deleted " + data + ".");
    return true;
  }

  private static boolean confirmed(Path data) {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                CommandException.usage(
                    "--wipe asks before it deletes; without a terminal add --yes"));
    String answer = console.readLine("Delete all data in %s? [y/N] ", data);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
