package facesort.ops.console;

import facesort.local.assets.AssetException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command line: one line for each error, a stack trace with {@code --verbose} only. */
public final class CommandRun {
  private CommandRun() {}

  /**
   * Runs the command named by the arguments.
   *
   * @param root instance of the root command
   * @return exit code for the shell
   */
  public static int of(Object root, String... arguments) {
    return line(root).execute(arguments);
  }

  static CommandLine line(Object root) {
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(CommandRun::refused)
        .setExecutionExceptionHandler(CommandRun::failed)
        .setExitCodeExceptionMapper(CommandRun::code);
  }

  private static int refused(ParameterException refusal, String[] arguments) {
    CommandLine command = refusal.getCommandLine();
    PrintWriter error = command.getErr();
    error.println("facesort: " + oneLine(refusal));
    CommandLine.UnmatchedArgumentException.printSuggestions(refusal, error);
    error.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter error = command.getErr();
    error.println("facesort: " + message(failure));
    if (isVerbose(parsed)) {
      failure.printStackTrace(error);
    }
    return code(failure);
  }

  private static int code(Throwable failure) {
    return failure instanceof CommandException known ? known.code().code() : ExitCode.ERROR.code();
  }

  private static String message(Exception failure) {
    boolean known =
        failure instanceof CommandException
            || failure instanceof AssetException
            || failure.getClass().getName().startsWith("facesort.local.");
    return known ? oneLine(failure) : "unexpected: %s (--verbose shows where)".formatted(failure);
  }

  private static String oneLine(Exception failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }

  private static boolean isVerbose(ParseResult parsed) {
    return parsed.hasMatchedOption(OutputOptions.VERBOSE)
        || parsed.subcommands().stream().anyMatch(CommandRun::isVerbose);
  }
}
