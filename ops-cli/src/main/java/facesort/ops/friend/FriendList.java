package facesort.ops.friend;

import facesort.ops.api.Friend;
import facesort.ops.api.Friend.Gallery;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "List the friends and what the gallery made of them.",
    footer = {"", "Examples:", "  facesort friend list", "  facesort friend list -o json"})
final class FriendList implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    List<Friend> friends = services.projector(common.data()).friends();
    Table table = Table.of("friend", "name", "consent", "gallery", "faces");
    for (Friend friend : friends) {
      @Nullable Gallery gallery = friend.gallery();
      table.row(
          friend.friendId(),
          friend.name() == null ? "" : friend.name(),
          friend.consent() ? "yes" : "no",
          gallery == null ? "waiting" : answer(gallery),
          gallery == null ? 0 : gallery.exemplars());
    }
    output.say(table);
    output.result(new Friends(friends));
    return ExitCode.DONE.code();
  }

  private static String answer(Gallery gallery) {
    return gallery.isAccepted() ? "accepted" : "refused: " + Enrolment.refusal(gallery);
  }

  /** What is printed as JSON. */
  record Friends(List<Friend> friends) {}
}
