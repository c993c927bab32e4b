package facesort.bench.stage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker leaves in files for the driver: when it was loaded, and what it was given to
 * process, as the process id's own files. Only the driver's clock and the files are compared.
 */
public final class Marks implements AutoCloseable {
  private static final String UP = "up-";
  private static final String PROCESSED = "processed-";

  private final String worker;
  private final @Nullable BufferedWriter processed;

  private Marks(String worker, @Nullable BufferedWriter processed) {
    this.worker = worker;
    this.processed = processed;
  }

  /** Says that this process is loaded; without a folder it writes nothing. */
  static Marks open(@Nullable Path folder) throws IOException {
    String worker = String.valueOf(ProcessHandle.current().pid());
    if (folder == null) {
      return new Marks(worker, null);
    }
    Path next =
        Files.writeString(folder.resolve("next-" + worker), "" + System.currentTimeMillis());
    Files.move(next, folder.resolve(UP + worker));
    return new Marks(
        worker,
        Files.newBufferedWriter(
            folder.resolve(PROCESSED + worker),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND));
  }

  /** Process id of this worker. */
  String worker() {
    return worker;
  }

  /** Notes what is processed now. */
  synchronized void processed(List<String> taskIds) {
    if (processed == null) {
      return;
    }
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
    if (processed != null) {
      processed.close();
    }
  }

  /** When a worker was loaded, milliseconds since 1970; empty when it is not yet. */
  public static OptionalLong up(Path folder, long pid) {
    Path file = folder.resolve(UP + pid);
    try {
      return Files.exists(file)
          ? OptionalLong.of(Long.parseLong(Files.readString(file)))
          : OptionalLong.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that all workers were given, repeats included. */
  public static List<String> processed(Path folder) {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(PROCESSED)).toList()) {
        all.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
