package facesort.ops.audit;

import facesort.ops.api.Audit;
import facesort.ops.api.Audit.Finding;
import facesort.ops.api.ProjectorApi;
import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import facesort.schemas.RegistryUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks whether every photo is accounted for. */
@Command(
    name = "audit",
    description = {
      "Check that every photo of every job is accounted for.",
      "The projector is asked; with --use or --recount the topics are read and counted anew, by",
      "code that shares nothing with the projector's."
    },
    footer = {
      "",
      "Exit codes: 0 all accounted for, 1 something is missing and named, 2 it could not be checked.",
      "A photo is expired when its records are older than what the topics keep.",
      "",
      "Examples:",
      "  facesort audit",
      "  facesort audit --job JOB -o json",
      "  facesort audit --recount",
      "  facesort audit --job JOB --use match.result=COPY   # that topic in place of the real one"
    })
public final class AuditCommand implements Callable<Integer> {
  @Option(names = "--job", paramLabel = "JOB", description = "Only this job.")
  @Nullable String jobId;

  @Option(
      names = "--use",
      paramLabel = "TOPIC=COPY",
      description = "Count anew, and read COPY instead of TOPIC; repeat for more.")
  List<String> used = List.of();

  @Option(names = "--recount", description = "Count anew from the topics.")
  boolean recount;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();
  @Mixin TopicOptions topics = new TopicOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Replacements replacements = Replacements.of(used);
    try {
      return (recount || !used.isEmpty() ? counted(output, replacements) : asked(output)).code();
    } catch (CommandException e) {
      throw e.code() == ExitCode.NOT_CHECKED ? e : notChecked(e.getMessage(), e);
    } catch (KafkaException | RegistryUnavailableException e) {
      throw notChecked("the topics cannot be read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // Whatever it was: 1 would say that a photo is missing.
      throw notChecked("unexpected: " + e, e);
    }
  }

  private ExitCode counted(Output output, Replacements replacements) {
    Audit audit = topics.recount(common.data()).audit(replacements, Optional.ofNullable(jobId));
    output.result(audit);
    return print(output, audit);
  }

  private ExitCode asked(Output output) {
    ProjectorApi projector = services.projector(common.data());
    Reply<Audit> reply =
        projector
            .audit(jobId)
            .orElseThrow(() -> notChecked("the projector knows no job " + jobId, null));
    output.resultLine(reply.json());
    ExitCode found = print(output, reply.value());
    if (reply.stale()) {
      throw notChecked(reply.warning(), null);
    }
    return found;
  }

  private static ExitCode print(Output output, Audit audit) {
    output.say(
        "%d jobs, %d photos: %s%s%s"
            .formatted(
                audit.jobs(),
                audit.photos(),
                audit.unaccounted() == 0
                    ? output.good("all accounted for")
                    : output.bad(audit.unaccounted() + " unaccounted"),
                audit.expired() == 0 ? "" : ", " + audit.expired() + " expired",
                audit.unattributed() == 0
                    ? ""
                    : ", " + audit.unattributed() + " failures that name no job"));
    if (!audit.findings().isEmpty()) {
      Table table = Table.of("job", "photo", "what");
      for (Finding finding : audit.findings()) {
        table.row(
            finding.jobId() == null ? "-" : finding.jobId(),
            finding.photoId() == null ? "-" : finding.photoId(),
            finding.what());
      }
      output.say(table);
    }
    return audit.isClean() ? ExitCode.DONE : ExitCode.ERROR;
  }

  private static CommandException notChecked(@Nullable String why, @Nullable Throwable cause) {
    return new CommandException(ExitCode.NOT_CHECKED, "not checked: " + why, cause);
  }
}
