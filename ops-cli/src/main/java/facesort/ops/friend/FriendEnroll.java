package facesort.ops.friend;

import facesort.ops.api.Friend.Gallery;
import facesort.ops.api.Friend.Reference;
import facesort.ops.api.FriendAccepted;
import facesort.ops.api.NewFriend;
import facesort.ops.api.NewFriend.Contact;
import facesort.ops.api.ServiceOptions;
import facesort.ops.api.Sha256;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "enroll",
    description = "Enroll a friend by reference photos, or give one new photos.",
    footer = {
      "",
      "Each reference photo must show one face, the friend's. Without --consent nothing is compared",
      "or delivered. The command waits for the gallery's answer and exits with 1 when it refuses.",
      "",
      "Examples:",
      "  facesort friend enroll Ann --photo ann.jpg --consent --channel folder --address ann",
      "  facesort friend enroll Bob --photo b1.jpg --photo b2.jpg --consent --channel telegram --address 4711"
    })
final class FriendEnroll implements Callable<Integer> {
  enum Channel {
    FOLDER,
    TELEGRAM
  }

  @Parameters(paramLabel = "NAME", description = "The friend's name.")
  String name = "";

  @Option(
      names = "--photo",
      required = true,
      paramLabel = "FILE",
      description = "Reference photo; repeat it for more, at most 32.")
  List<Path> photos = List.of();

  @Option(names = "--consent", description = "The friend has agreed to be recognised.")
  boolean consent;

  @Option(names = "--id", paramLabel = "ID", description = "Friend id (default: from the name).")
  @Nullable String friendId;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      description = "Where photos go: folder or telegram.")
  @Nullable Channel channel;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Name of a folder, or a Telegram chat id.")
  @Nullable String address;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    FriendAccepted accepted =
        services
            .ingest(common.data())
            .enroll(new NewFriend(friendId, name, consent, contact()), photos);
    Gallery gallery = Enrolment.await(services.projector(common.data()), accepted);
    print(output, accepted, gallery);
    output.result(new Answer(accepted.friendId(), gallery));
    return (gallery.isAccepted() ? ExitCode.DONE : ExitCode.ERROR).code();
  }

  private void print(Output output, FriendAccepted accepted, Gallery gallery) {
    output.say(
        gallery.isAccepted()
            ? "%s %s as %s, %d reference faces"
                .formatted(name, output.good("accepted"), accepted.friendId(), gallery.exemplars())
            : "%s %s: %s".formatted(name, output.bad("refused"), Enrolment.refusal(gallery)));
    if (!gallery.answers().isEmpty()) {
      output.say(references(gallery.answers()));
    }
  }

  private Table references(List<Reference> answers) {
    Map<String, Path> files =
        photos.stream().collect(Collectors.toMap(Sha256::of, file -> file, (first, _) -> first));
    Table table = Table.of("reference", "faces", "answer", "why");
    for (Reference answer : answers) {
      table.row(
          name(answer, files),
          answer.faces(),
          answer.accepted() ? "accepted" : String.valueOf(answer.code()),
          answer.message() == null ? "" : answer.message());
    }
    return table;
  }

  /** Ingest names a reference by the hash of its bytes. */
  private static String name(Reference answer, Map<String, Path> files) {
    if (answer.key() == null) {
      return "-";
    }
    String last = String.valueOf(Path.of(answer.key()).getFileName());
    return String.valueOf(files.getOrDefault(last, Path.of(last)));
  }

  private @Nullable Contact contact() {
    if ((channel == null) != (address == null)) {
      throw CommandException.usage("--channel and --address belong together");
    }
    return channel == null || address == null
        ? null
        : new Contact(channel.name().toLowerCase(Locale.ROOT), address);
  }

  /** What is printed as JSON. */
  record Answer(String friendId, Gallery gallery) {}
}
