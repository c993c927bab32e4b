package facesort.bench.projector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process, outside its heap included. */
final class Memory {
  private Memory() {}

  /** Largest resident size so far, MiB. */
  static double peakMebibytes(long pid) {
    return mebibytes(pid, "VmHWM:");
  }

  /** Resident size now, MiB. */
  static double mebibytes(long pid) {
    return mebibytes(pid, "VmRSS:");
  }

  private static double mebibytes(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
