package facesort.worker.kit;

import static java.net.HttpURLConnection.HTTP_OK;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker as a process of its own, with a log of its own. Safe for use by any thread. */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(40);
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it and returns at once. */
  public static WorkerProcess start(WorkerCommand command) {
    try {
      Files.createDirectories(command.folder());
      Path log =
          command
              .folder()
              .resolve("worker-%d-%03d.log".formatted(command.slot(), COUNT.incrementAndGet()));
      ProcessBuilder builder = new ProcessBuilder(command.words());
      builder.environment().putAll(command.environment());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when its lanes have started. */
  public WorkerProcess awaitWorking() {
    return awaitLog(" works: ");
  }

  /** Returns when it has logged this. */
  public WorkerProcess awaitLog(String words) {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(25))
        .until(() -> {
          if (log().contains(words)) {
            return true;
          }
          if (!isAlive()) {
            throw new AssertionError(
                "It ended with status %d before it logged '%s':\n%s"
                    .formatted(process.exitValue(), words, log()));
          }
          return false;
        });
    return this;
  }

  /** All it has logged so far. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      throw new AssertionError("It has no health endpoint: " + log());
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
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("It has not ended within " + END + ":\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
