package facesort.ops.job;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds the files of a submission. */
public final class PhotoFiles {
  private PhotoFiles() {}

  /**
   * The files named, and in place of each folder all files below it by name; hidden ones are left
   * out. Whether a file is a photo is for ingest to say.
   */
  public static List<Path> find(List<Path> named) {
    List<Path> files = new ArrayList<>();
    named.forEach(path -> files.addAll(files(path)));
    if (files.isEmpty()) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no files in %s: name a folder with photos".formatted(named));
    }
    return List.copyOf(files);
  }

  private static List<Path> files(Path path) {
    if (Files.isDirectory(path)) {
      try (Stream<Path> below = Files.walk(path)) {
        return below
            .filter(file -> Files.isRegularFile(file) && !isHidden(path.relativize(file)))
            .sorted(Comparator.comparing(Path::toString))
            .toList();
      } catch (IOException e) {
        throw CommandException.error("cannot read the folder " + path + ": " + e, e);
      }
    }
    if (!Files.exists(path)) {
      throw new CommandException(ExitCode.NOT_FOUND, "no such file or folder: " + path);
    }
    return List.of(path);
  }

  private static boolean isHidden(Path relative) {
    return StreamSupport.stream(relative.spliterator(), false)
        .anyMatch(part -> part.toString().startsWith("."));
  }
}
