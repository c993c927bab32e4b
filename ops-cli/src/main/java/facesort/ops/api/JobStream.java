package facesort.ops.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A job's server-sent events. Used by one thread; a stream that breaks off can be gone on with. */
public final class JobStream {
  /** The projector sends a comment every 15 s: a longer silence is a lost connection. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(40);

  private static final int OK = 200;

  /** Stands for the end of the stream: a line holds no line break. */
  private static final String END = "\n";

  private final JsonHttp http;
  private final String path;
  private @Nullable String lastEventId;

  JobStream(JsonHttp http, String path) {
    this.http = http;
    this.path = path;
  }

  /**
   * Hands on each new state of the job until one is the last; that one is answered. Empty when
   * there is no stream, or it broke off: ask otherwise, or call again to go on where it was.
   *
   * @param isLast told of every state, on the caller's thread
   */
  public Optional<Job> until(Predicate<Job> isLast) {
    try {
      HttpResponse<InputStream> answer = http.stream(path, lastEventId);
      try (InputStream body = answer.body()) {
        return answer.statusCode() == OK ? follow(body, isLast) : Optional.empty();
      }
    } catch (IOException | JacksonException e) {
      // Whoever follows asks in another way, which says what is wrong if that fails, too.
      return Optional.empty();
    }
  }

  private Optional<Job> follow(InputStream body, Predicate<Job> isLast) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread.startVirtualThread(() -> pump(body, lines));
    Event event = new Event();
    while (true) {
      Optional<String> line = next(lines);
      if (line.isEmpty()) {
        return Optional.empty();
      }
      Optional<Job> job = event.take(line.get());
      if (job.isPresent()) {
        lastEventId = event.id;
        if (isLast.test(job.get())) {
          return job;
        }
      }
    }
  }

  private static Optional<String> next(BlockingQueue<String> lines) {
    try {
      return Optional.ofNullable(lines.poll(LONGEST_SILENCE.toSeconds(), TimeUnit.SECONDS))
          .filter(line -> !line.equals(END));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void pump(InputStream body, BlockingQueue<String> lines) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      reader.lines().forEach(line -> lines.add(line));
    } catch (IOException | RuntimeException e) {
      // The end of the stream, however it came, is what the reader is told.
    } finally {
      lines.add(END);
    }
  }

  /** The event whose lines are coming in. */
  static final class Event {
    private final StringBuilder data = new StringBuilder();
    private @Nullable String id;
    private String name = "";

    /** Takes the next line; the job when this line ended an event that carries one. */
    Optional<Job> take(String line) {
      if (line.isEmpty()) {
        return ended();
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
      switch (field) {
        case "event" -> name = value;
        case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
        case "id" -> id = value;
        default -> {
          // A comment, or a field that this reader has no use for.
        }
      }
      return Optional.empty();
    }

    private Optional<Job> ended() {
      String json = data.toString();
      boolean isJob = name.equals("job") && !json.isEmpty();
      data.setLength(0);
      name = "";
      return isJob ? Optional.of(JsonHttp.JSON.readValue(json, Job.class)) : Optional.empty();
    }
  }
}
