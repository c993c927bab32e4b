package facesort.ops.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import facesort.ops.api.Job;
import facesort.ops.api.Photo;
import facesort.ops.api.Progress;
import facesort.ops.api.ProjectorApi;
import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description =
        "Print where a job and each of its photos stand, with progress, scores and friends.",
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
    Reply<Progress> progress = projector.progress(jobId).orElseThrow(() -> JobWatch.unknown(jobId));
    List<Photo> photos = projector.photos(jobId);
    JobReport.summary(output, job);
    ProgressReport.print(output, job, progress.value());
    output.say("");
    output.say(JobReport.photos(photos));
    if (progress.stale()) {
      output.say(progress.warning());
    }
    output.result(new Shown(job, progress.value(), photos));
    return ExitCode.DONE.code();
  }

  /** A job's own fields, how far it is, and its photos. */
  record Shown(
      @JsonUnwrapped Job job,
      @JsonInclude(Include.NON_NULL) @Nullable Progress progress,
      List<Photo> photosList) {}
}
