package facesort.bench.pipeline;

import facesort.ops.api.NewFriend;
import facesort.ops.api.NewFriend.Contact;
import facesort.ops.sample.SampleFriends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The demo's friends: half of them get their photos by a folder, half by Telegram. */
final class Friends {
  static final String REFERENCE = "reference.jpg";
  private static final String FOLDER = "folder";
  private static final long FIRST_CHAT = 1_000_000;

  private Friends() {}

  /** A friend to enrol, with the reference photo. */
  record Enrolling(NewFriend friend, Path reference) {

    boolean byFolder() {
      return friend.contact() != null && friend.contact().channel().equals(FOLDER);
    }

    String id() {
      return String.valueOf(friend.friendId());
    }
  }

  /** Writes the reference photos below an existing folder. */
  static List<Enrolling> write(Path samples, Path folder) throws IOException {
    SampleFriends.load().write(samples, folder);
    List<Enrolling> friends = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path friend : folders.sorted().toList()) {
        String id = id(friend);
        Contact contact =
            friends.size() % 2 == 0
                ? new Contact(FOLDER, id)
                : new Contact("telegram", Long.toString(FIRST_CHAT + friends.size()));
        friends.add(
            new Enrolling(
                new NewFriend(id, String.valueOf(friend.getFileName()), true, contact),
                friend.resolve(REFERENCE)));
      }
    }
    return friends;
  }

  /** The id of the friend whose folder this is. */
  static String id(Path folder) {
    return String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
  }
}
