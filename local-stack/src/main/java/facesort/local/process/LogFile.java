package facesort.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

/** A process's output; appended to by every start, moved aside when it has grown large. */
public record LogFile(Path path) {
  private static final long ROTATE_BYTES = 20L << 20;
  private static final int TAIL_BYTES = 64 << 10;
  private static final int LINE_CHARACTERS = 300;

  /** Makes room and answers where the output of the next start will begin, in bytes. */
  long prepare() throws IOException {
    if (size() > ROTATE_BYTES) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return size();
  }

  boolean holds(Pattern pattern, long from) throws IOException {
    return pattern.matcher(read(from)).find();
  }

  /** The last lines, at most {@code lines}, written since {@code from}; long ones are cut. */
  public List<String> tail(long from, int lines) {
    try {
      List<String> all =
          read(Math.max(from, size() - TAIL_BYTES)).lines().map(LogFile::shortened).toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of("(log unreadable: " + e + ")");
    }
  }

  private static String shortened(String line) {
    return line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS) + " ...";
  }

  private long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  private String read(long from) throws IOException {
    if (!Files.exists(path)) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
