package facesort.ops.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "cancel",
    description = "Stop a job: what is done stays, nothing more is started or sent.",
    footer = {
      "",
      "Exit code 1 when the job refuses. Until its cleanup, a day later, job resume takes it up again.",
      "",
      "Examples:",
      "  facesort job cancel JOB",
      "  facesort job cancel JOB --reason \"wrong folder\""
    })
final class JobCancel implements Callable<Integer> {
  @Mixin CommandOptions options = new CommandOptions();

  @Override
  public Integer call() {
    return options.give(ingest -> ingest.command(options.jobId, "cancel", options.reason));
  }
}
