package facesort.worker.kit;

import static java.net.HttpURLConnection.HTTP_OK;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker as a process of its own, with a log of its own; or another program that is treated like
 * one. It ends with this JVM at the latest. Safe for use by any thread.
 */
public final class WorkerProcess implements AutoCloseable {
  /** Variable in which a process is told its {@link #name}; its children are, too. */
  public static final String NAME = "WORKER_PROCESS";

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofSeconds(40);
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");
  private static final int TAIL_LINES = 40;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();
  private static final ReentrantLock STARTING = new ReentrantLock();

  static {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(WorkerProcess::endWithThisJvm));
  }

  private final String name;
  private final Process process;
  private final Path log;

  private WorkerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts it and returns at once. */
  public static WorkerProcess start(WorkerCommand command) {
    return start(
        "worker-" + command.slot(), command.folder(), command.words(), command.environment());
  }

  /**
   * Starts a program and returns at once.
   *
   * @param prefix what its name begins with
   * @param folder of its log, made when it is missing
   * @param words of its command
   * @param environment added to this process's own
   */
  public static WorkerProcess start(
      String prefix, Path folder, List<String> words, Map<String, String> environment) {
    String name = "%s-%03d".formatted(prefix, COUNT.incrementAndGet());
    STARTING.lock();
    try {
      Path log = Files.createDirectories(folder).resolve(name + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      builder.environment().put(NAME, name);
      WorkerProcess started = new WorkerProcess(name, builder.start(), log);
      STARTED.removeIf(process -> !process.isAlive());
      STARTED.add(started.process);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      STARTING.unlock();
    }
  }

  /** Leaves the lock taken: who would start another now waits until this JVM is gone. */
  private static void endWithThisJvm() {
    STARTING.lock();
    STARTED.forEach(Process::destroyForcibly);
  }

  /** Returns when its lanes have started; looks every 25 ms. */
  public WorkerProcess awaitWorking() {
    return awaitLog(" works: ");
  }

  /** Returns when it has logged this; throws with the end of its log when it does not. */
  public WorkerProcess awaitLog(String words) {
    boolean came =
        Pause.until(
            () -> {
              boolean isThere = log().contains(words);
              if (!isThere) {
                requireAlive();
              }
              return isThere;
            },
            START);
    if (!came) {
      throw new IllegalStateException(
          "%s has not logged '%s' within %s:%n%s".formatted(name, words, START, tail()));
    }
    return this;
  }

  /** Throws with the end of its log when it has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with status %d:%n%s".formatted(name, process.exitValue(), tail()));
    }
  }

  /** All it has logged so far. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of its log. */
  public String tail() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** What its health endpoint says, as JSON. */
  public String health() {
    return asked("").body();
  }

  /** Whether a probe of this group, "liveness" or "readiness", is content with it. */
  public boolean isHealthy(String group) {
    return asked("/" + group).statusCode() == HTTP_OK;
  }

  private HttpResponse<String> asked(String group) {
    Matcher port = PORT.matcher(awaitLog("Netty started on port").log());
    if (!port.find()) {
      throw new IllegalStateException("It has no health endpoint:\n" + tail());
    }
    URI health =
        URI.create("http://127.0.0.1:%s/actuator/health%s".formatted(port.group(1), group));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    var _ = Signal.KILL.send(process.pid());
    var _ = awaitEnd();
  }

  /** SIGSTOP: it stands still and knows nothing of it. */
  public void suspend() {
    var _ = Signal.STOP.send(process.pid());
  }

  /** SIGCONT. */
  public void resume() {
    var _ = Signal.CONT.send(process.pid());
  }

  /** SIGTERM; returns at once. */
  public void askToEnd() {
    var _ = Signal.TERM.send(process.pid());
  }

  /** SIGTERM; returns its exit status, 143 when all was in order. */
  public int term() {
    askToEnd();
    return awaitEnd();
  }

  /** Returns its exit status when it has ended; an error after 40 seconds. */
  public int awaitEnd() {
    if (!endsWithin(END)) {
      throw new IllegalStateException(
          "%s has not ended within %s:%n%s".formatted(name, END, tail()));
    }
    return process.exitValue();
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns its exit status when it has ended, however long that takes. */
  int awaitDeath() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its name; no other process that this JVM started has it. */
  public String name() {
    return name;
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** Kills it and what it has started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
