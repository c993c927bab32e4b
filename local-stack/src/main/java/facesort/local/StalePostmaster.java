package facesort.local;

import facesort.local.process.ProcessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Clears {@code postmaster.pid} after a hard kill. A server of this cluster that still runs is
 * ended; a file that names some other process (numbers are used again) is removed, because
 * PostgreSQL would take that process for itself and refuse to start.
 */
final class StalePostmaster {
  private static final int LIMIT_SECONDS = 20;

  private StalePostmaster() {}

  static void clear(Path cluster) throws IOException, InterruptedException {
    Path file = cluster.resolve("postmaster.pid");
    Optional<ProcessHandle> server = server(file, cluster);
    if (server.isPresent()) {
      end(server.get());
    }
    Files.deleteIfExists(file);
  }

  private static Optional<ProcessHandle> server(Path file, Path cluster) throws IOException {
    try {
      long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
      String command = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return command.contains(cluster.toString()) ? ProcessHandle.of(pid) : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException | java.util.NoSuchElementException e) {
      return Optional.empty();
    }
  }

  /** A kill is safe: the cluster recovers from its log, and the server's children end with it. */
  private static void end(ProcessHandle server) throws InterruptedException {
    server.destroyForcibly();
    try {
      server.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProcessException("an earlier PostgreSQL, process " + server.pid() + ", stays", e);
    }
  }
}
