package facesort.ops.system;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * For the help only: the launcher script starts the benchmarks, which are a program of their own.
 */
@Command(
    name = "bench",
    description = {
      "Measure: figures with their floor and peers, from one run, output checked.",
      "facesort bench --help names them."
    },
    footer = {"", "Examples:", "  facesort bench worker -o json", "  facesort bench faces"})
public final class BenchCommand implements Callable<Integer> {
  @Unmatched List<String> arguments = List.of();

  @Override
  public Integer call() {
    throw new CommandException(
        ExitCode.USAGE, "benchmarks are run by the launcher script: ./facesort bench");
  }
}
