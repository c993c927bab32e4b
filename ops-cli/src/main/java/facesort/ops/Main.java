package facesort.ops;

import facesort.ops.audit.AuditCommand;
import facesort.ops.console.CommandRun;
import facesort.ops.demo.Demo;
import facesort.ops.friend.FriendCommands;
import facesort.ops.job.ExplainCommand;
import facesort.ops.job.JobCommands;
import facesort.ops.schema.SchemasCommands;
import facesort.ops.system.BenchCommand;
import facesort.ops.system.ChaosCommand;
import facesort.ops.system.DownCommand;
import facesort.ops.system.LogsCommand;
import facesort.ops.system.StatusCommand;
import facesort.ops.system.TestCommand;
import facesort.ops.system.UpCommand;
import facesort.ops.system.VersionCommand;
import facesort.ops.worker.WorkersCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code facesort} command. */
@Command(
    name = "facesort",
    synopsisSubcommandLabel = "COMMAND",
    description = "Sorts photos by the friends who are on them and delivers the albums.",
    footer = {
      "",
      "Exit codes: 0 done, 1 error, 2 usage (audit: not checked), 3 not found, 4 job FAILED or CANCELLED.",
      "",
      "Start with: facesort demo"
    },
    subcommands = {
      Demo.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      JobCommands.class,
      ExplainCommand.class,
      AuditCommand.class,
      FriendCommands.class,
      WorkersCommand.class,
      SchemasCommands.class,
      TestCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      VersionCommand.class
    })
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the help of a command.")
  boolean help;

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(CommandRun.of(new Main(), arguments));
  }
}
