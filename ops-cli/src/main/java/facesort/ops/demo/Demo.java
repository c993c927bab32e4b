package facesort.ops.demo;

import facesort.local.assets.Assets;
import facesort.ops.api.Endpoints;
import facesort.ops.api.Job;
import facesort.ops.api.OwnerId;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.demo.FriendFolders.Entry;
import facesort.ops.job.JobWatch;
import facesort.ops.job.PhotoFiles;
import facesort.ops.sample.SampleFriends;
import facesort.ops.sample.SamplePhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole way, on the demo's own pictures or on anybody's. */
@Command(
    name = "demo",
    description = "Start everything, enroll friends, sort photos, deliver albums, and stop.",
    footer = {
      "",
      "Without --photos and --friends: six real photos, seven derived from them by code, one without",
      "faces and a corrupt file, and eight friends. Half of the friends get their photos by a folder,",
      "half by Telegram, for which a stand-in answers: nothing leaves this machine. All of it is in",
      "OUT/<friend>/ afterwards.",
      "",
      "Examples:",
      "  facesort demo",
      "  facesort demo --keep                                   # leave the system running",
      "  facesort demo --photos ~/wedding --friends ~/friends   # one folder a friend in ~/friends",
      "  facesort demo --check JOB -o json                      # judge an earlier run again"
    })
public final class Demo implements Callable<Integer> {
  @Option(
      names = "--photos",
      paramLabel = "DIR",
      description = "Photos to sort in place of the demo's own; needs --friends.")
  @Nullable Path photos;

  @Option(
      names = "--friends",
      paramLabel = "DIR",
      description = "One folder a friend, named like the friend, with reference photos.")
  @Nullable Path friends;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the albums go (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("OUT");

  @Option(names = "--keep", description = "Leave the system running.")
  boolean keep;

  @Option(
      names = "--check",
      paramLabel = "JOB",
      description = "Judge the job of an earlier demo; the system must be running.")
  @Nullable String check;

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      converter = OwnerId.class,
      description = "Whose job and friends (default: ${DEFAULT-VALUE}).")
  String owner = "demo";

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    return (check != null ? check(output, check) : run(output)).code();
  }

  private ExitCode check(Output output, String jobId) {
    DemoRun run = DemoRun.read(common.data(), jobId);
    ProjectorApi projector =
        new ProjectorApi(Endpoints.require(common.data()).projector(), run.owner());
    Job job = new JobWatch(projector, output).untilFinished(jobId, run.photos().size());
    return new DemoCheck(output, projector, common.data()).report(run, job);
  }

  private ExitCode run(Output output) {
    if ((photos == null) != (friends == null)) {
      throw CommandException.usage("--photos and --friends belong together");
    }
    long started = System.currentTimeMillis();
    OutFolder folder = OutFolder.prepare(out);
    if (photos == null) {
      make(folder);
    }
    PhotoFiles found = PhotoFiles.find(List.of(photos == null ? folder.photos() : photos));
    found.sayUnreadable(output);
    try (DemoSystem system = DemoSystem.open(common.data(), folder, keep, output)) {
      DemoJourney journey = new DemoJourney(output, common.data(), owner, system);
      Path named = friends == null ? folder.friends() : friends;
      List<Entry> wanted = FriendFolders.read(named, started, system.startedHere());
      DemoRun run =
          journey.enroll(
              journey.begin(found.files(), wanted, folder, photos == null, started), wanted);
      journey.submit(run, found.files(), folder);
      ExitCode code = journey.finish(run);
      next(output, run, system);
      return code;
    }
  }

  private void next(Output output, DemoRun run, DemoSystem system) {
    output.say("");
    output.say("Albums are in " + run.out() + ", one folder a friend.");
    boolean runsOn = keep || !system.startedHere();
    output.say(output.bold("Try next:"));
    output.say(
        "  facesort demo --photos DIR --friends DIR      your own pictures, one folder a friend");
    if (runsOn) {
      output.say("  facesort job show " + run.jobId());
      output.say(
          "  facesort job submit DIR --dry-run             who would get what; sends nothing");
      output.say("  facesort down");
    } else {
      output.say(
          "  facesort up --detach                          then: facesort job show " + run.jobId());
    }
  }

  private static void make(OutFolder folder) {
    try {
      Files.createDirectories(folder.photos());
      SamplePhotos.write(Assets.samplePhotos(), folder.photos());
      SampleFriends.load().write(Assets.samplePhotos(), folder.friends());
    } catch (IOException e) {
      throw CommandException.error("cannot write the demo's photos: " + e, e);
    }
  }
}
