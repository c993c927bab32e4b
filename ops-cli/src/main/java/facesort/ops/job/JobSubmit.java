package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.JobAccepted;
import facesort.ops.api.NewJob;
import facesort.ops.api.Photo;
import facesort.ops.api.Photo.Person;
import facesort.ops.api.ProjectorApi;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "submit",
    description = "Upload photos as a job; prints its id.",
    footer = {
      "",
      "The photos of every friend who is recognised go out when all photos are done. With --dry-run",
      "nothing is sent: the command waits and prints who would get what.",
      "",
      "Examples:",
      "  facesort job submit ~/wedding",
      "  facesort job submit ~/wedding --dry-run",
      "  facesort job submit a.jpg b.jpg --name holiday --wait --strict",
      "  facesort job submit ~/wedding --key wedding-2026   # again: the same job, nothing twice"
    })
final class JobSubmit implements Callable<Integer> {
  enum Release {
    AUTO,
    DRY_RUN
  }

  @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "Photos and folders of them.")
  List<Path> named = List.of();

  @Option(names = "--name", paramLabel = "NAME", description = "Name for people.")
  @Nullable String name;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Idempotency key: the same key and photos are the same job.")
  @Nullable String key;

  @Option(
      names = "--release",
      paramLabel = "POLICY",
      description = "auto: deliver when all photos are done; dry-run: deliver nothing.")
  String release = "auto";

  @Option(names = "--dry-run", description = "As --release dry-run.")
  boolean dryRun;

  @Option(names = "--wait", description = "Wait for the end of the job.")
  boolean wait;

  @Option(
      names = "--strict",
      description = "Exit with 4 also when a photo failed or could not be read.")
  boolean strict;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Release policy = policy();
    Output output = common.output();
    PhotoFiles photos = PhotoFiles.find(named);
    photos.sayUnreadable(output);
    NewJob wanted = new NewJob(name, key(policy), word(policy));
    JobAccepted accepted =
        Upload.send(services.ingest(common.data()), wanted, photos.files(), output);
    output.say(
        "job %s%s: %d photos"
            .formatted(
                accepted.jobId(),
                accepted.repeated() ? " (submitted before)" : "",
                accepted.total()));
    if (!wait && policy == Release.AUTO) {
      output.say("Follow it with: facesort job wait " + accepted.jobId());
      output.result(accepted);
      return exitCode(ExitCode.DONE, photos).code();
    }
    return exitCode(follow(output, accepted, policy), photos).code();
  }

  /** With --strict a photo that could not be read counts as one that failed. */
  private ExitCode exitCode(ExitCode ofJob, PhotoFiles photos) {
    return ofJob == ExitCode.DONE && strict && !photos.unreadable().isEmpty()
        ? ExitCode.JOB_FAILED
        : ofJob;
  }

  private ExitCode follow(Output output, JobAccepted accepted, Release policy) {
    ProjectorApi projector = services.projector(common.data());
    Job job = new JobWatch(projector, output).untilFinished(accepted.jobId(), accepted.total());
    List<Photo> photos = projector.photos(job.jobId());
    JobReport.print(output, job, photos);
    if (policy == Release.DRY_RUN) {
      output.say("");
      output.say("Nothing was sent. With --release auto they would get:");
      output.say(albums(photos));
    }
    output.result(new JobShow.Shown(job, null, photos));
    return JobReport.exitCode(job, strict);
  }

  /** Who would get what; people to be looked at first are no recipients yet. */
  private static Table albums(List<Photo> photos) {
    Map<String, List<String>> albums = new TreeMap<>();
    for (Photo photo : photos) {
      for (Person person : photo.recognised()) {
        if ("MATCHED".equals(person.decision())) {
          albums.computeIfAbsent(person.title(), _ -> new ArrayList<>()).add(photo.title());
        }
      }
    }
    Table table = Table.of("friend", "photos", "names");
    albums.forEach((friend, names) -> table.row(friend, names.size(), String.join(", ", names)));
    return table;
  }

  private Release policy() {
    return switch (release.toLowerCase(Locale.ROOT).replace('_', '-')) {
      case "auto" -> dryRun ? Release.DRY_RUN : Release.AUTO;
      case "dry-run" -> Release.DRY_RUN;
      default ->
          throw CommandException.usage("--release is auto or dry-run, not %s".formatted(release));
    };
  }

  /** A dry run and the real one are two submissions, also under one key. */
  private String key(Release policy) {
    String chosen = key == null ? UUID.randomUUID().toString() : key;
    return policy == Release.DRY_RUN ? "dry-run-" + chosen : chosen;
  }

  private static String word(Release policy) {
    return switch (policy) {
      case AUTO -> "auto";
      case DRY_RUN -> "dry_run";
    };
  }
}
