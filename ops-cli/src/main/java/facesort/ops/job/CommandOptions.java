package facesort.ops.job;

import facesort.ops.api.CommandGiven;
import facesort.ops.api.IngestApi;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands to a job share, used as a picocli mixin. */
final class CommandOptions {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, kept in the job's history.")
  @Nullable String reason;

  @Option(names = "--no-wait", description = "Do not wait for the job's answer.")
  boolean noWait;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  /** Gives the command and prints what the job makes of it. */
  int give(Function<IngestApi, CommandGiven> command) {
    CommandGiven given = command.apply(services.ingest(common.data()));
    return (noWait
            ? CommandAnswers.printGiven(common.output(), given)
            : CommandAnswers.print(common.output(), services.projector(common.data()), given))
        .code();
  }
}
