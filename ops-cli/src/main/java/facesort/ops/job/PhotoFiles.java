package facesort.ops.job;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of a submission.
 *
 * @param files those that can be read, at least one
 * @param unreadable files and folders left out because they cannot be read
 */
public record PhotoFiles(List<Path> files, List<Path> unreadable) {

  /**
   * The files named, and in place of each folder all files below it by name; hidden ones are left
   * out. Whether a file is a photo is for ingest to say.
   *
   * @throws CommandException NOT_FOUND when there is nothing, ERROR when nothing can be read
   */
  public static PhotoFiles find(List<Path> named) {
    return find(named, Files::isReadable);
  }

  static PhotoFiles find(List<Path> named, Predicate<Path> readable) {
    List<Path> files = new ArrayList<>();
    List<Path> unreadable = new ArrayList<>();
    for (Path file : named.stream().flatMap(path -> files(path).stream()).toList()) {
      (Files.isRegularFile(file) && readable.test(file) ? files : unreadable).add(file);
    }
    if (files.isEmpty()) {
      throw unreadable.isEmpty()
          ? new CommandException(
              ExitCode.NOT_FOUND, "no files in %s: name a folder with photos".formatted(named))
          : new CommandException(
              ExitCode.ERROR,
              "cannot read %s: is it a file, and yours to read?".formatted(unreadable));
    }
    return new PhotoFiles(List.copyOf(files), List.copyOf(unreadable));
  }

  /** Says what was left out, a line each. */
  public void sayUnreadable(Output output) {
    unreadable.forEach(path -> output.say(output.bad("skipped " + path + ": cannot be read")));
  }

  private static List<Path> files(Path path) {
    if (Files.isDirectory(path)) {
      List<Path> below = new ArrayList<>();
      try {
        Files.walkFileTree(path, new Below(path, below));
      } catch (IOException e) {
        throw CommandException.error("cannot read the folder " + path + ": " + e, e);
      }
      below.sort(Comparator.comparing(Path::toString));
      return below;
    }
    if (!Files.exists(path)) {
      throw new CommandException(ExitCode.NOT_FOUND, "no such file or folder: " + path);
    }
    return List.of(path);
  }

  /** Collects files, and what cannot be looked into. */
  private static final class Below extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Path> found;

    Below(Path top, List<Path> found) {
      this.top = top;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean brokenLink = attributes.isSymbolicLink() && !Files.exists(file);
      if (!isHidden(file) && (Files.isRegularFile(file) || brokenLink)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) {
      if (!isHidden(path)) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }

    /** The folder that was named is looked into whatever its name. */
    private boolean isHidden(Path path) {
      return !path.equals(top) && String.valueOf(path.getFileName()).startsWith(".");
    }
  }
}
