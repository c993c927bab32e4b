package facesort.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the service as a program of an owner would. */
public final class IngestClient {

  private static final String BOUNDARY = "facesort-test-boundary";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String ownerId;

  IngestClient(int port, String ownerId) {
    this.base = "http://127.0.0.1:" + port;
    this.ownerId = ownerId;
  }

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param body JSON
   */
  public record Answer(int status, JsonNode body) {

    /** A text field of the answer. */
    public String text(String field) {
      return body.path(field).asString();
    }
  }

  /**
   * A file part.
   *
   * @param name form field
   * @param filename file name
   * @param content bytes
   */
  public record File(String name, String filename, BodyPublisher content) {

    /** A photo. */
    public static File photo(String filename, byte[] bytes) {
      return new File("photos", filename, BodyPublishers.ofByteArray(bytes));
    }

    /** A reference photo. */
    public static File reference(String filename, byte[] bytes) {
      return new File("references", filename, BodyPublishers.ofByteArray(bytes));
    }
  }

  /** Submits a job by upload. */
  public Answer job(String json, List<File> files) {
    return multipart("/v1/jobs", "job", json, files);
  }

  /** Submits a job by keys. */
  public Answer job(String json) {
    return send("/v1/jobs", "application/json", BodyPublishers.ofString(json));
  }

  /** Enrols a friend. */
  public Answer friend(String json, List<File> files) {
    return multipart("/v1/friends", "friend", json, files);
  }

  /**
   * Gives a command to a job.
   *
   * @param key idempotency key, or null
   */
  public Answer command(String jobId, String command, String json, @Nullable String key) {
    var request =
        request("/v1/jobs/%s/%s".formatted(jobId, command))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return answer((key == null ? request : request.header("Idempotency-Key", key)).build());
  }

  /** Asks for something. */
  public Answer get(String path) {
    return answer(request(path).GET().build());
  }

  /** Sends parts in the order given. */
  public Answer multipart(String path, String jsonPart, String json, List<File> files) {
    var body = new ArrayList<BodyPublisher>();
    body.add(
        text(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: application/json\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, jsonPart, json)));
    files.forEach(file -> add(body, file));
    body.add(text("--%s--\r\n".formatted(BOUNDARY)));
    return sendParts(path, body);
  }

  /** Sends file parts alone. */
  public Answer files(String path, List<File> files) {
    var body = new ArrayList<BodyPublisher>();
    files.forEach(file -> add(body, file));
    body.add(text("--%s--\r\n".formatted(BOUNDARY)));
    return sendParts(path, body);
  }

  private Answer sendParts(String path, List<BodyPublisher> body) {
    return send(
        path,
        "multipart/form-data; boundary=" + BOUNDARY,
        BodyPublishers.concat(body.toArray(BodyPublisher[]::new)));
  }

  private static void add(List<BodyPublisher> body, File file) {
    body.add(
        text(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                .formatted(BOUNDARY, file.name(), file.filename())));
    body.add(file.content());
    body.add(text("\r\n"));
  }

  private Answer send(String path, String mediaType, BodyPublisher body) {
    return answer(request(path).header("Content-Type", mediaType).POST(body).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .header("X-Facesort-Owner", ownerId);
  }

  private Answer answer(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static BodyPublisher text(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }
}
