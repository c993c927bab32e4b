package facesort.bench.images;

import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process that decodes. It reads files from standard input, each after its length, and answers
 * each with a line: a word, and the largest number of kilobytes it ever had in memory.
 */
final class DecodeMain {
  static final String DECODED = "DECODED";

  /** Begins an answer that is neither a picture nor a refusal. */
  static final String FAILED = "FAILED:";

  private static final Path STATUS = Path.of("/proc/self/status");

  private DecodeMain() {}

  /** Ends with standard input. */
  public static void main(String[] arguments) throws IOException {
    DataInputStream files = new DataInputStream(System.in);
    while (true) {
      try {
        byte[] file = new byte[files.readInt()];
        files.readFully(file);
        System.out.println(answer(file) + " " + mostKilobytes());
      } catch (EOFException e) {
        return;
      }
    }
  }

  private static String answer(byte[] file) {
    try {
      new PhotoDecoder().decode(file);
      return DECODED;
    } catch (RejectedPhoto e) {
      return e.code().name();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      return FAILED + e.getClass().getSimpleName();
    }
  }

  private static long mostKilobytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
