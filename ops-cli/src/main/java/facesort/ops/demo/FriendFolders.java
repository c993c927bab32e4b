package facesort.ops.demo;

import facesort.ops.api.NewFriend.Contact;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a folder that has one folder a friend with reference photos. */
final class FriendFolders {
  private static final int MOST_REFERENCES = 32;
  private static final int LONGEST_ID = 48;
  private static final int MOST_FRIENDS = 1000;

  private FriendFolders() {}

  /** A friend and the reference photos. */
  record Entry(Recipient recipient, List<Path> references) {}

  /**
   * The friends by name, by turns for the folder channel and for Telegram.
   *
   * @param stamp makes addresses that no other run uses
   * @param ownFolder whether friends' folders can have their plain names
   */
  static List<Entry> read(Path folder, long stamp, boolean ownFolder) {
    List<Entry> entries = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Path friend : folders(folder)) {
      String name = String.valueOf(friend.getFileName());
      int number = entries.size();
      String id = id(name, number, taken);
      entries.add(
          new Entry(
              new Recipient(id, name, contact(id, number, stamp, ownFolder)), references(friend)));
    }
    return List.copyOf(entries);
  }

  private static Contact contact(String id, int number, long stamp, boolean ownFolder) {
    return number % 2 == 0
        ? new Contact(Recipient.FOLDER, ownFolder ? id : "demo-" + stamp + "-" + id)
        : new Contact(Recipient.TELEGRAM, Long.toString(stamp * MOST_FRIENDS + number));
  }

  static String id(String name, int number, Set<String> taken) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
    String id = plain.substring(0, Math.min(plain.length(), LONGEST_ID));
    if (id.isEmpty() || !taken.add(id)) {
      id = id + (id.isEmpty() ? "friend-" : "-") + (number + 1);
      taken.add(id);
    }
    return id;
  }

  private static List<Path> folders(Path folder) {
    List<Path> found = list(folder).stream().filter(Files::isDirectory).toList();
    if (found.isEmpty() || found.size() > MOST_FRIENDS) {
      throw CommandException.usage(
          "%s has %d folders: make one for each friend, with reference photos in it"
              .formatted(folder, found.size()));
    }
    return found;
  }

  private static List<Path> references(Path friend) {
    List<Path> files = list(friend).stream().filter(Files::isRegularFile).toList();
    if (files.isEmpty() || files.size() > MOST_REFERENCES) {
      throw CommandException.usage(
          "%s has %d files: put 1 to %d photos of this friend there"
              .formatted(friend, files.size(), MOST_REFERENCES));
    }
    return files;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "cannot read the folder %s: does it exist?".formatted(folder), e);
    }
  }
}
