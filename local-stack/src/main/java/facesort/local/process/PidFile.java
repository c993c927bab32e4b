package facesort.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Remembers across a hard kill of the launcher which process filled a slot. */
record PidFile(Path path) {

  /** What the file says: the process, and what asks it to end. */
  record Entry(ProcessIdentity process, StopSignal signal) {}

  static PidFile of(Path runFolder, String name) {
    return new PidFile(runFolder.resolve(name + ".pid"));
  }

  String name() {
    return String.valueOf(path.getFileName()).replaceFirst("\\.pid$", "");
  }

  void write(ProcessIdentity process, StopSignal signal) {
    Path draft = path.resolveSibling(path.getFileName() + ".tmp");
    String line =
        "%d %d %s %s%n".formatted(process.pid(), process.startTicks(), process.boot(), signal);
    try {
      Files.writeString(draft, line);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProcessException("cannot write " + path + ": " + e, e);
    }
  }

  /** Empty when absent or not written by us. */
  Optional<Entry> read() throws IOException {
    try {
      String[] fields = Files.readString(path).strip().split(" ", -1);
      return fields.length != 4
          ? Optional.empty()
          : Optional.of(
              new Entry(
                  new ProcessIdentity(
                      Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]),
                  StopSignal.valueOf(fields[3])));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new ProcessException("cannot delete " + path + ": " + e, e);
    }
  }
}
