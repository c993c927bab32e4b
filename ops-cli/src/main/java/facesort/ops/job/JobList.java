package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "List jobs, newest first.",
    footer = {
      "",
      "Examples:",
      "  facesort job list",
      "  facesort job list --state running",
      "  facesort job list --search wedding -o json | jq -r '.jobs[].job_id'"
    })
final class JobList implements Callable<Integer> {
  @Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state.")
  @Nullable String state;

  @Option(
      names = "--search",
      paramLabel = "TEXT",
      description = "Only jobs with this in their name or id.")
  @Nullable String search;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 50).")
  int limit = 50;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Reply<facesort.ops.api.JobList> reply =
        services
            .projector(common.data())
            .jobs(state == null ? null : state.toUpperCase(Locale.ROOT), search, limit);
    facesort.ops.api.JobList list = reply.value();
    Table table = Table.of("job", "name", "state", "photos", "failed", "sent", "submitted");
    for (Job job : list.jobs()) {
      table.row(
          job.jobId(),
          job.name() == null ? "" : job.name(),
          job.state(),
          "%d of %d".formatted(job.photos().settled(), job.total()),
          job.photos().failed(),
          "%d of %d".formatted(job.deliveries().sent(), job.deliveries().pairs()),
          Replies.time(job.submittedAt()));
    }
    output.say(table);
    if (list.jobs().size() < list.total()) {
      output.say("%d of %d jobs: --limit shows more.".formatted(list.jobs().size(), list.total()));
    }
    Replies.end(output, reply);
    return ExitCode.DONE.code();
  }
}
