package facesort.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs child processes for one data folder: a log each in {@code logs/<name>.log}, a pid file each
 * in {@code run/<name>.pid}, orphans of a launcher that was killed stopped first, a crashed process
 * started again, and all stopped in reverse order of their stages by {@link #close} or when the JVM
 * ends.
 *
 * <p>Only one supervisor works on a data folder at a time. Safe for use by several threads.
 */
public final class Supervisor implements AutoCloseable {
  private static final Duration ORPHAN_TIMEOUT = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

  private final Path data;
  private final Consumer<ProcessEvent> listener;
  private final Readiness readiness = new Readiness();
  private final List<Stage> stages = new CopyOnWriteArrayList<>();
  private final DataLock lock;
  private final Thread hook = new Thread(this::close, "supervisor-stop");
  private boolean closed;

  private Supervisor(Path data, DataLock lock, Consumer<ProcessEvent> listener) {
    this.data = data;
    this.lock = lock;
    this.listener = listener;
  }

  /**
   * Takes the data folder, creating it if need be, and stops what an earlier supervisor left.
   *
   * @param listener told what happens, on the slots' own threads; must not block; what it throws is
   *     logged and changes nothing
   * @throws ProcessException when another supervisor holds the folder or it cannot be written
   */
  public static Supervisor open(Path data, Consumer<ProcessEvent> listener) {
    Path folder = data.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder.resolve("logs"));
      Path run = Files.createDirectories(folder.resolve("run"));
      Supervisor supervisor = new Supervisor(folder, DataLock.take(run.resolve("lock")), listener);
      supervisor.stopOrphans(run);
      Runtime.getRuntime().addShutdownHook(supervisor.hook);
      return supervisor;
    } catch (IOException e) {
      throw new ProcessException("cannot use the data folder " + folder + ": " + e, e);
    }
  }

  /** The process that works on a data folder now; empty when none does. */
  public static OptionalLong holder(Path data) {
    Path file = data.toAbsolutePath().normalize().resolve("run").resolve("lock");
    try {
      return Files.exists(file) ? DataLock.holder(file) : OptionalLong.empty();
    } catch (IOException e) {
      throw new ProcessException("cannot read " + file + ": " + e, e);
    }
  }

  /** A new stage; it is stopped before all stages opened earlier. */
  public Stage stage() {
    Stage stage = new Stage(spec -> new Slot(spec, data, readiness, this::tell));
    stages.add(stage);
    return stage;
  }

  /** All slots in the order of their start. */
  public List<ProcessStatus> status() {
    return stages.stream().flatMap(stage -> stage.status().stream()).toList();
  }

  /** Stops everything, newest stage first, and lets go of the folder; later calls do nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (Stage stage : stages.reversed()) {
        stage.stop();
      }
      lock.close();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and the hook is what runs this.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new ProcessException("cannot let go of " + data + ": " + e, e);
    }
  }

  /**
   * A listener that fails, on a full disk say, must not end the supervision of what it hears of.
   */
  private void tell(ProcessEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "not taken note of: " + event, e);
    }
  }

  private void stopOrphans(Path run) throws IOException {
    List<PidFile> pidFiles;
    try (Stream<Path> files = Files.list(run)) {
      pidFiles = files.filter(file -> file.toString().endsWith(".pid")).map(PidFile::new).toList();
    }
    List<Thread> stopping =
        pidFiles.stream().map(file -> Thread.ofVirtual().start(() -> stopOrphan(file))).toList();
    try {
      for (Thread thread : stopping) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessException("interrupted while stopping what an earlier run left", e);
    }
  }

  private void stopOrphan(PidFile file) {
    try {
      file.read()
          .filter(entry -> entry.process().isAlive())
          .ifPresent(orphan -> {
            Termination.end(orphan.process(), orphan.signal(), ORPHAN_TIMEOUT);
            tell(new ProcessEvent.OrphanStopped(file.name(), orphan.process().pid()));
          });
      file.delete();
    } catch (IOException e) {
      throw new ProcessException("cannot read " + file.path() + ": " + e, e);
    }
  }
}
