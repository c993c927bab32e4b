package facesort.ops.system;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** For the help only: the launcher script runs the tests itself, before anything is built. */
@Command(
    name = "test",
    description = {
      "Run everything that the build gate runs: format, compiler checks, all tests.",
      "The same as mvn verify with a JDK 25."
    },
    footer = {"", "Examples:", "  facesort test", "  facesort test --all"})
public final class TestCommand implements Callable<Integer> {
  @Option(names = "--all", description = "Also the slow and violent tests.")
  boolean all;

  @Override
  public Integer call() {
    throw new CommandException(
        ExitCode.USAGE, "the tests are run by the launcher script: ./facesort test");
  }
}
