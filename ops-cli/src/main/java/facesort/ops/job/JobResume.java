package facesort.ops.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    description =
        "Go on with a job: photos that were cancelled or failed, and nothing that is done.",
    footer = {
      "",
      "Exit code 1 when the job refuses, as when nothing is left or the photos are gone.",
      "",
      "Examples:",
      "  facesort job resume JOB && facesort job wait JOB"
    })
final class JobResume implements Callable<Integer> {
  @Mixin CommandOptions options = new CommandOptions();

  @Override
  public Integer call() {
    return options.give(ingest -> ingest.command(options.jobId, "resume", options.reason));
  }
}
