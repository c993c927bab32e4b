package facesort.ops.demo;

import facesort.ops.api.Friend.Gallery;
import facesort.ops.api.FriendAccepted;
import facesort.ops.api.IngestApi;
import facesort.ops.api.Job;
import facesort.ops.api.JobAccepted;
import facesort.ops.api.NewFriend;
import facesort.ops.api.NewJob;
import facesort.ops.api.ProjectorApi;
import facesort.ops.api.Sha256;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import facesort.ops.demo.FriendFolders.Entry;
import facesort.ops.friend.Enrolment;
import facesort.ops.job.JobWatch;
import facesort.ops.job.Upload;
import facesort.ops.sample.SamplePhotos;
import facesort.schemas.EventIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One run of the whole way: friends enrolled, photos submitted, the job's end. For one thread. */
final class DemoJourney {
  private final Output output;
  private final Path data;
  private final String owner;
  private final DemoSystem system;
  private final IngestApi ingest;
  private final ProjectorApi projector;
  private final String key = "demo-" + UUID.randomUUID();

  DemoJourney(Output output, Path data, String owner, DemoSystem system) {
    this.output = output;
    this.data = data;
    this.owner = owner;
    this.system = system;
    this.ingest = new IngestApi(system.endpoints().ingest(), owner);
    this.projector = new ProjectorApi(system.endpoints().projector(), owner);
  }

  /**
   * Notes the run, before the services hear of it: however early it is cut off, the next demo knows
   * whom to withdraw, and the job can be checked.
   */
  DemoRun begin(
      List<Path> photos, List<Entry> friends, OutFolder out, boolean sample, long started) {
    DemoRun run =
        new DemoRun(
            EventIds.job(owner, key),
            owner,
            out.path(),
            system.endpoints().folderRoot(),
            sample,
            started,
            system.startupSeconds(),
            null,
            photos.stream().map(Sha256::of).toList(),
            friends.stream().map(Entry::recipient).toList());
    run.write(data);
    return run;
  }

  /** Enrols; answers the run with those alone whom the gallery took. */
  DemoRun enroll(DemoRun run, List<Entry> friends) {
    output.say("");
    output.say(output.bold("Enrolling %d friends.".formatted(friends.size())));
    withdrawOthers(friends);
    Map<Recipient, FriendAccepted> accepted = new LinkedHashMap<>();
    for (Entry friend : friends) {
      Recipient recipient = friend.recipient();
      accepted.put(recipient, ingest.enroll(profile(recipient), friend.references()));
    }
    Table table = Table.of("friend", "delivered by", "gallery");
    List<Recipient> taken =
        accepted.entrySet().stream()
            .filter(entry -> isTaken(entry.getKey(), entry.getValue(), table))
            .map(Map.Entry::getKey)
            .toList();
    output.say(table);
    DemoRun enrolled = run.to(taken);
    enrolled.write(data);
    if (taken.isEmpty()) {
      throw new CommandException(
          ExitCode.ERROR, "no friend was accepted: use photos that show one face, large and sharp");
    }
    return enrolled;
  }

  /** Submits the photos of the run and prints the job's id at once. */
  void submit(DemoRun run, List<Path> photos, OutFolder out) {
    make(out, run.recipients());
    NewJob wanted = new NewJob("demo", key, "auto");
    JobAccepted accepted = Upload.send(ingest, wanted, photos, output);
    output.say("");
    String contents = run.sample() ? ": " + SamplePhotos.contents(names(photos)) : "";
    output.say(
        output.bold("job %s: %d photos%s".formatted(accepted.jobId(), accepted.total(), contents)));
  }

  /** Waits for the job's end and judges the run. */
  ExitCode finish(DemoRun run) {
    Job job = new JobWatch(projector, output).untilFinished(run.jobId(), run.photos().size());
    DemoRun whole = run.after((System.currentTimeMillis() - run.startedMillis()) / 1000.0);
    whole.write(data);
    return new DemoCheck(output, projector, data).report(whole, job);
  }

  private boolean isTaken(Recipient recipient, FriendAccepted accepted, Table table) {
    Gallery gallery = Enrolment.await(projector, accepted);
    table.row(
        recipient.name(),
        recipient.contact().channel(),
        gallery.isAccepted() ? "accepted" : "refused: " + Enrolment.refusal(gallery));
    return gallery.isAccepted();
  }

  /** Friends whom only earlier demos enrolled get nothing of this one. */
  private void withdrawOthers(List<Entry> friends) {
    Set<String> done = new HashSet<>();
    friends.forEach(friend -> done.add(friend.recipient().friendId()));
    for (DemoRun earlier : DemoRun.all(data)) {
      for (Recipient recipient : earlier.recipients()) {
        if (earlier.owner().equals(owner) && done.add(recipient.friendId())) {
          withdraw(recipient);
        }
      }
    }
  }

  private void withdraw(Recipient recipient) {
    NewFriend without = new NewFriend(recipient.friendId(), recipient.name(), false, null);
    Enrolment.await(projector, ingest.enroll(without, List.of()));
  }

  private static List<String> names(List<Path> photos) {
    return photos.stream().map(photo -> String.valueOf(photo.getFileName())).toList();
  }

  private static NewFriend profile(Recipient recipient) {
    return new NewFriend(recipient.friendId(), recipient.name(), true, recipient.contact());
  }

  private static void make(OutFolder out, List<Recipient> friends) {
    try {
      out.make(friends);
    } catch (IOException e) {
      throw CommandException.error("cannot write to " + out.path() + ": " + e, e);
    }
  }
}
