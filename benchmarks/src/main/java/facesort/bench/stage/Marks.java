package facesort.bench.stage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What workers were given to process, in a file for each process: a worker's child has one of its
 * own.
 */
public final class Marks implements AutoCloseable {
  private static final String PROCESSED = "processed-";

  private final BufferedWriter processed;

  private Marks(BufferedWriter processed) {
    this.processed = processed;
  }

  static Marks open(Path folder) throws IOException {
    Path file = folder.resolve(PROCESSED + ProcessHandle.current().pid());
    return new Marks(Files.newBufferedWriter(file));
  }

  /** Notes what is processed now. */
  synchronized void processed(List<String> taskIds) {
    try {
      for (String id : taskIds) {
        processed.write(id);
        processed.write('\n');
      }
      processed.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    processed.close();
  }

  /** How many times a task was given again to whomever. */
  public static int repeats(Path folder) {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(PROCESSED)).toList()) {
        all.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.size() - (int) all.stream().distinct().count();
  }
}
