package facesort.ops.job;

import facesort.ops.api.JobErrors;
import facesort.ops.api.JobErrors.Failure;
import facesort.ops.api.JobErrors.Group;
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
import picocli.CommandLine.Parameters;

@Command(
    name = "errors",
    description = "List what went wrong in a job, those of one cause as one first.",
    footer = {
      "",
      "A signature names one cause: job retry takes it.",
      "",
      "Examples:",
      "  facesort job errors JOB",
      "  facesort job errors JOB --code DEADLINE",
      "  facesort job errors JOB --signature 3fa9c2d17b40 -o json"
    })
final class JobErrorList implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Option(names = "--code", paramLabel = "CODE", description = "Only failures with this code.")
  @Nullable String code;

  @Option(names = "--signature", paramLabel = "SIG", description = "Only failures of this cause.")
  @Nullable String signature;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
  int limit = 100;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Reply<JobErrors> reply =
        services
            .projector(common.data())
            .errors(jobId, code == null ? null : code.toUpperCase(Locale.ROOT), signature, limit)
            .orElseThrow(() -> JobWatch.unknown(jobId));
    JobErrors errors = reply.value();
    if (errors.total() == 0) {
      output.say("No failures.");
    } else {
      output.say(groups(errors));
      output.say("");
      output.say(failures(errors));
    }
    if (errors.errors().size() < errors.total()) {
      output.say(
          "%d of %d failures: --limit shows more."
              .formatted(errors.errors().size(), errors.total()));
    }
    Replies.end(output, reply);
    return ExitCode.DONE.code();
  }

  private static Table groups(JobErrors errors) {
    Table table = Table.of("signature", "code", "stage", "failures", "example");
    for (Group group : errors.groups()) {
      table.row(
          Replies.text(group.signature()),
          Replies.text(group.code()),
          Replies.text(group.stage()),
          group.count(),
          Replies.text(group.example()));
    }
    return table;
  }

  private static Table failures(JobErrors errors) {
    Table table =
        Table.of("photo", "stage", "code", "run", "attempts", "resolution", "origin", "message");
    for (Failure failure : errors.errors()) {
      table.row(
          photo(failure),
          Replies.text(failure.stage()),
          Replies.text(failure.code()),
          failure.run(),
          failure.attempts(),
          Replies.text(failure.resolution()),
          Replies.text(failure.origin()),
          Replies.text(failure.message()));
    }
    return table;
  }

  private static String photo(Failure failure) {
    String photo = Replies.text(failure.photoId());
    String named = failure.filename() == null ? photo : photo + " " + failure.filename();
    String face = failure.face() == null ? named : named + " face " + failure.face();
    return failure.friendId() == null ? face : face + " for " + failure.friendId();
  }
}
