package facesort.ops.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Lines of a log that is being written; bytes that are no UTF-8 become replacement characters.
 *
 * @param lines whole lines without their ends
 * @param end where reading goes on, in bytes
 */
record LogTail(List<String> lines, long end) {
  private static final int BLOCK = 64 * 1024;

  /** The last lines, read from the end of the file: as quick on a large file as on a small one. */
  static LogTail last(Path log, int count) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long size = file.length();
      return new LogTail(
          count == 0 ? List.of() : decoded(file, start(file, size, count), size), size);
    }
  }

  /** The whole lines from a position on; what is written after them is for the next time. */
  static LogTail from(Path log, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      // Shorter than before: it was moved aside and begun anew.
      long begin = file.length() < position ? 0 : position;
      long end = afterLastLine(file, begin, file.length());
      return new LogTail(decoded(file, begin, end), end);
    }
  }

  /** Where the last lines begin: after the line end before them. */
  private static long start(RandomAccessFile file, long size, int count) throws IOException {
    int left = count;
    for (long to = size; to > 0; to -= BLOCK) {
      long from = Math.max(0, to - BLOCK);
      byte[] block = read(file, from, to);
      for (int i = block.length - 1; i >= 0; i--) {
        boolean ends = block[i] == '\n' && from + i + 1 < size;
        if (ends && --left == 0) {
          return from + i + 1;
        }
      }
    }
    return 0;
  }

  private static long afterLastLine(RandomAccessFile file, long begin, long size)
      throws IOException {
    for (long to = size; to > begin; to -= BLOCK) {
      long from = Math.max(begin, to - BLOCK);
      byte[] block = read(file, from, to);
      for (int i = block.length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return from + i + 1;
        }
      }
    }
    return begin;
  }

  private static List<String> decoded(RandomAccessFile file, long from, long to)
      throws IOException {
    return new String(read(file, from, to), StandardCharsets.UTF_8).lines().toList();
  }

  private static byte[] read(RandomAccessFile file, long from, long to) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }
}
