package facesort.ops.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import facesort.ops.api.Job;
import facesort.ops.api.Photo;
import facesort.ops.api.ProjectorApi;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Print where a job and each of its photos stand.",
    footer = {
      "",
      "A score with ? needs a person's look: nothing is sent for it.",
      "",
      "Examples:",
      "  facesort job show JOB",
      "  facesort job show JOB -o json | jq '.photos_list[] | select(.state == \"FAILED\")'"
    })
final class JobShow implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    ProjectorApi projector = services.projector(common.data());
    Job job = new JobWatch(projector, output).now(jobId);
    List<Photo> photos = projector.photos(jobId);
    JobReport.print(output, job, photos);
    output.result(new Shown(job, photos));
    return ExitCode.DONE.code();
  }

  /** A job's own fields, and its photos. */
  record Shown(@JsonUnwrapped Job job, List<Photo> photosList) {}
}
