package facesort.ops.system;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** For the help only: the launcher script starts chaos runs, which are a program of their own. */
@Command(
    name = "chaos",
    description = {
      "Break things while they work, and count what came of it.",
      "facesort chaos --help names them."
    },
    footer = {"", "Examples:", "  facesort chaos worker --kills 30 --photos 1000 -o json"})
public final class ChaosCommand implements Callable<Integer> {
  @Unmatched List<String> arguments = List.of();

  @Override
  public Integer call() {
    throw new CommandException(
        ExitCode.USAGE, "chaos runs are started by the launcher script: ./facesort chaos");
  }
}
