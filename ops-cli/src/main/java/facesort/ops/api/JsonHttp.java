package facesort.ops.api;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with one service, as one owner; failures become one line for the user. */
final class JsonHttp {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration UPLOAD = Duration.ofHours(1);
  private static final Duration BACK_AFTER_CRASH = Duration.ofSeconds(20);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String service;
  private final URI base;
  private final String owner;

  JsonHttp(String service, URI base, String owner) {
    this.service = service;
    this.base = base;
    this.owner = owner;
  }

  /**
   * Reads; empty for 404. A service that is away, as one restarted after a crash, is asked again
   * for 20 seconds.
   */
  <T> Optional<T> get(String path, Class<T> type) {
    return reply(path, type).map(Reply::value);
  }

  /** As {@link #get}, with what the answer says about its age. */
  <T> Optional<Reply<T>> reply(String path, Class<T> type) {
    long end = System.nanoTime() + BACK_AFTER_CRASH.toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = send(request(path).timeout(ANSWER).GET().build());
        if (answer.statusCode() == NOT_FOUND) {
          return Optional.empty();
        }
        if (answer.statusCode() != UNAVAILABLE || System.nanoTime() > end) {
          return Optional.of(reply(answer, type));
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw unreachable(e);
        }
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  private <T> Reply<T> reply(HttpResponse<String> answer, Class<T> type) {
    HttpHeaders headers = answer.headers();
    return new Reply<>(
        read(answer, type),
        answer.body(),
        headers.firstValue("X-Facesort-Stale").map(Boolean::parseBoolean).orElse(false),
        headers.firstValue("X-Facesort-As-Of").orElse(null));
  }

  /**
   * Opens a stream of events; the caller closes the body.
   *
   * @param lastEventId the last event that was received; null from the start
   */
  HttpResponse<InputStream> stream(String path, @Nullable String lastEventId) throws IOException {
    HttpRequest.Builder request =
        request(path).timeout(ANSWER).setHeader("Accept", "text/event-stream").GET();
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.error("interrupted while " + service + " was asked", e);
    }
  }

  /**
   * Sends a JSON value. With an idempotency key it is sent again when the answer is lost, for 20
   * seconds.
   */
  <T> T post(String path, Object value, String idempotencyKey, Class<T> type) {
    HttpRequest request =
        request(path)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(value)))
            .build();
    long end = System.nanoTime() + BACK_AFTER_CRASH.toNanos();
    while (true) {
      try {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != UNAVAILABLE || System.nanoTime() > end) {
          return read(answer, type);
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw unreachable(e);
        }
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  /** Sends a form once. */
  <T> T post(String path, Multipart form, Class<T> type) {
    HttpRequest request =
        request(path)
            .timeout(UPLOAD)
            .header("Content-Type", form.contentType())
            .POST(form.publisher())
            .build();
    try {
      return read(send(request), type);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    String address = base.toString().replaceAll("/+$", "") + path;
    return HttpRequest.newBuilder(URI.create(address))
        .header("X-Facesort-Owner", owner)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.error("interrupted while " + service + " was asked", e);
    }
  }

  private <T> T read(HttpResponse<String> answer, Class<T> type) {
    if (answer.statusCode() / 100 != 2) {
      throw refused(answer);
    }
    try {
      return JSON.readValue(answer.body(), type);
    } catch (JacksonException e) {
      throw CommandException.error(
          "%s at %s answered what is not understood: is it another version?"
              .formatted(service, answer.uri()),
          e);
    }
  }

  private CommandException refused(HttpResponse<String> answer) {
    Problem problem = problem(answer.body());
    String said = problem.detail() != null ? problem.detail() : problem.title();
    String line =
        "%s answered %d%s: %s"
            .formatted(
                service,
                answer.statusCode(),
                problem.code() == null ? "" : " " + problem.code(),
                said == null ? "no reason given, see facesort logs " + service : said);
    ExitCode code = answer.statusCode() == NOT_FOUND ? ExitCode.NOT_FOUND : ExitCode.ERROR;
    return new CommandException(code, line);
  }

  private static Problem problem(String body) {
    try {
      @Nullable Problem problem = JSON.readValue(body, Problem.class);
      return problem == null ? Problem.NONE : problem;
    } catch (JacksonException e) {
      // Not our own answer, as of a proxy: its status is all there is to say.
      return Problem.NONE;
    }
  }

  private CommandException unreachable(IOException cause) {
    String what =
        cause instanceof ConnectException
            ? "does not answer: start the system with facesort up --detach"
            : "broke off (" + cause.getMessage() + "): see facesort logs " + service;
    return CommandException.error("%s at %s %s".formatted(service, base, what), cause);
  }

  private record Problem(@Nullable String title, @Nullable String detail, @Nullable String code) {
    static final Problem NONE = new Problem(null, null, null);
  }
}
