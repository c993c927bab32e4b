package facesort.local.process;

import facesort.local.process.ProcessStatus.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The place of one process: fills it, fills it again after a crash, empties it. One virtual thread
 * owns the slot; {@link #stop} may be called from any other.
 */
final class Slot {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TAIL_LINES = 15;

  private final ProcessSpec spec;
  private final PidFile pidFile;
  private final LogFile log;
  private final Consumer<ProcessEvent> listener;
  private final Readiness readiness;
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private final Thread owner;
  private volatile State state = State.STARTING;
  private volatile @Nullable Run current;
  private final AtomicInteger restarts = new AtomicInteger();

  /** One start of the process; its output begins at {@code logStart} bytes. */
  private record Run(Process process, Instant since, long logStart) {}

  /** The listener must not throw. */
  Slot(ProcessSpec spec, Path data, Readiness readiness, Consumer<ProcessEvent> listener) {
    this.spec = spec;
    this.pidFile = PidFile.of(data.resolve("run"), spec.name());
    this.log = new LogFile(data.resolve("logs").resolve(spec.name() + ".log"));
    this.readiness = readiness;
    this.listener = listener;
    this.owner = Thread.ofVirtual().name("slot-" + spec.name()).start(this::own);
  }

  /** Completes when the first start is ready, or fails with a {@link ProcessException}. */
  CompletableFuture<Void> firstReady() {
    return firstReady;
  }

  ProcessStatus status() {
    Run run = current;
    return new ProcessStatus(
        spec.name(),
        state,
        run == null ? 0 : run.process().pid(),
        run == null ? Instant.EPOCH : run.since(),
        restarts.get(),
        log.path());
  }

  /** Empties the slot for good; returns when the process is gone. */
  void stop() throws InterruptedException {
    owner.interrupt();
    owner.join();
    Run run = current;
    if (run != null) {
      end(run);
    }
    state = state == State.ENDED ? State.ENDED : State.STOPPED;
    firstReady.completeExceptionally(new ProcessException(spec.name() + " was stopped"));
  }

  private void own() {
    try {
      Run run = launch();
      awaitReady(run);
      firstReady.complete(null);
      refill(run);
    } catch (InterruptedException e) {
      // stop() takes over.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      state = State.ENDED;
      firstReady.completeExceptionally(e);
    }
  }

  private void refill(Run first) throws InterruptedException {
    Run run = first;
    int attempt = 0;
    while (true) {
      int exitCode = run.process().waitFor();
      pidFile.delete();
      if (!RestartPolicy.appliesTo(exitCode)) {
        state = State.ENDED;
        listener.accept(new ProcessEvent.Ended(spec.name(), exitCode));
        return;
      }
      attempt = livedLong(run) ? 1 : attempt + 1;
      Duration delay = spec.restart().delay(attempt);
      state = State.RESTARTING;
      listener.accept(new ProcessEvent.Restarting(spec.name(), exitCode, attempt, delay));
      Thread.sleep(delay);
      restarts.incrementAndGet();
      run = launchAgain(run);
    }
  }

  /** A restart that fails leaves the ended run in place, so that the back-off goes on. */
  private Run launchAgain(Run ended) throws InterruptedException {
    try {
      Run run = launch();
      awaitReady(run);
      return run;
    } catch (ProcessException e) {
      Run failed = current;
      return failed == null ? ended : failed;
    }
  }

  private boolean livedLong(Run run) {
    return Duration.between(run.since(), Instant.now()).compareTo(spec.restart().maxDelay()) > 0;
  }

  private Run launch() {
    try {
      state = State.STARTING;
      long logStart = log.prepare();
      Run run = new Run(builder().start(), Instant.now(), logStart);
      current = run;
      ProcessIdentity.of(run.process().pid())
          .ifPresent(process -> pidFile.write(process, spec.stopSignal()));
      return run;
    } catch (IOException e) {
      throw new ProcessException("%s cannot be started: %s".formatted(spec.name(), e), e);
    }
  }

  private ProcessBuilder builder() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // A session of its own: Ctrl-C reaches the launcher alone, which stops all in order.
      command.add(SETSID.toString());
    }
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(spec.environment());
    return builder
        .directory(spec.workingDirectory().toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()));
  }

  private void awaitReady(Run run) throws InterruptedException {
    Instant limit = run.since().plus(spec.readyTimeout());
    while (!readiness.passes(spec.ready(), log, run.logStart())) {
      if (!run.process().isAlive()) {
        throw failed(run, "ended with code " + run.process().exitValue() + " before it was ready");
      }
      if (Instant.now().isAfter(limit)) {
        end(run);
        throw failed(run, "was not ready within " + spec.readyTimeout().toSeconds() + " s");
      }
      Thread.sleep(POLL);
    }
    state = State.UP;
    Duration took = Duration.between(run.since(), Instant.now());
    listener.accept(new ProcessEvent.Ready(spec.name(), run.process().pid(), took, restarts.get()));
  }

  private ProcessException failed(Run run, String what) {
    pidFile.delete();
    return new ProcessException(
        "%s %s; its log %s ends:".formatted(spec.name(), what, log.path()),
        log.tail(run.logStart(), TAIL_LINES));
  }

  private void end(Run run) throws InterruptedException {
    ProcessIdentity.of(run.process().pid())
        .ifPresent(identity -> Termination.end(identity, spec.stopSignal(), spec.stopTimeout()));
    run.process().waitFor();
    pidFile.delete();
  }
}
