package facesort.ingest.photo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where received bytes wait: the small parts in memory, the larger ones in temporary files. All
 * parts together take a bounded share of the memory; when it is used up small parts go to files
 * too. Safe for use by many threads.
 */
public final class Spool {

  private static final String PREFIX = "part-";
  private static final String SUFFIX = ".tmp";

  private final Path directory;
  private final long partInMemory;
  private final long allInMemory;
  private final AtomicLong used = new AtomicLong();

  /**
   * Makes the directory, or removes from it what a crash left there.
   *
   * @param directory for this process alone
   * @param partInMemory longest part that stays in memory, bytes
   * @param allInMemory how much all parts of the moment take, bytes
   */
  public Spool(Path directory, long partInMemory, long allInMemory) {
    this.directory = directory;
    this.partInMemory = partInMemory;
    this.allInMemory = allInMemory;
    sweep();
  }

  /** A place for one part of at most so many bytes. */
  SpooledBytes open(long maxBytes) {
    return new SpooledBytes(this, maxBytes);
  }

  /** Takes memory for more bytes of a part, false when they must go to a file. */
  boolean reserve(long already, int more) {
    if (already + more > partInMemory) {
      return false;
    }
    if (used.addAndGet(more) > allInMemory) {
      used.addAndGet(-more);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  Path newFile() throws IOException {
    return Files.createTempFile(directory, PREFIX, SUFFIX);
  }

  /** Bytes in memory at the moment. */
  long inMemory() {
    return used.get();
  }

  private void sweep() {
    try {
      Files.createDirectories(directory);
      try (var left = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
        for (var file : left) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot use %s as facesort.ingest.spool-dir: %s".formatted(directory, e.getMessage()), e);
    }
  }
}
