package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "wait",
    description = "Wait for the end of a job, with progress.",
    footer = {
      "",
      "Examples:",
      "  facesort job wait JOB",
      "  facesort job wait JOB --strict && echo all photos went through"
    })
final class JobWait implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Option(names = "--strict", description = "Exit with 4 also when a photo failed.")
  boolean strict;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Job job = new JobWatch(services.projector(common.data()), output).untilFinished(jobId);
    JobReport.summary(output, job);
    output.result(job);
    return JobReport.exitCode(job, strict).code();
  }
}
