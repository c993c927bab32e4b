package facesort.ops.demo;

import facesort.local.FileTree;
import facesort.ops.console.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a demo delivers to: one folder a friend, {@code .photos} and {@code .friends} for
 * pictures made by code. A file names the friends' folders, so that the next demo empties those and
 * nothing else.
 */
record OutFolder(Path path) {
  private static final String MARK = ".facesort-demo";

  /** Makes it, or empties it of an earlier demo; refuses a folder with anything else in it. */
  static OutFolder prepare(Path path) {
    OutFolder out = new OutFolder(path.toAbsolutePath().normalize());
    try {
      Files.createDirectories(out.path);
      if (Files.exists(out.mark())) {
        out.empty();
      } else if (!out.isEmpty()) {
        throw CommandException.usage(
            "%s is in use: name a new folder by --out".formatted(out.path));
      }
      Files.writeString(out.mark(), "");
      return out;
    } catch (IOException e) {
      throw CommandException.error("cannot use the folder %s: %s".formatted(out.path, e), e);
    }
  }

  Path photos() {
    return path.resolve(".photos");
  }

  Path friends() {
    return path.resolve(".friends");
  }

  Path friend(String friendId) {
    return path.resolve(friendId);
  }

  /** Notes the friends' folders and makes them. */
  void make(List<Recipient> recipients) throws IOException {
    List<String> folders = recipients.stream().map(Recipient::friendId).toList();
    Files.write(mark(), folders);
    for (String folder : folders) {
      Files.createDirectories(friend(folder));
    }
  }

  private Path mark() {
    return path.resolve(MARK);
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private void empty() throws IOException {
    FileTree.delete(photos());
    FileTree.delete(friends());
    for (String folder : Files.readAllLines(mark())) {
      Path named = friend(folder).normalize();
      if (path.equals(named.getParent())) {
        FileTree.delete(named);
      }
    }
  }

  /** The files a friend has got, hidden ones left out. */
  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
