package facesort.local.telegram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a test or the demo asks of the stand-in that no bot could; any thread, blocking. */
public final class TelegramControl {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String url;

  /** For the stand-in at this root URL. */
  public TelegramControl(String url) {
    this.url = url;
  }

  /** Orders a fault for the next calls, behind those already ordered. */
  public void order(Fault fault) {
    call("POST", "faults", BodyPublishers.ofString(Json.MAPPER.writeValueAsString(fault)));
  }

  /** Forgets all faults ordered. */
  public void clearFaults() {
    call("DELETE", "faults", BodyPublishers.noBody());
  }

  /** Everything that was ever sent through this stand-in's folder, oldest first. */
  public List<Receipt> receipts() {
    String json = call("GET", "receipts", BodyPublishers.noBody());
    return List.of(Json.MAPPER.readValue(json, Receipt[].class));
  }

  /** A user writes to the bot; {@code getUpdates} will tell it. */
  public void userWrites(long chat, String text) {
    Map<String, Object> update =
        Map.of(
            "message",
            Map.of(
                "message_id",
                1,
                "date",
                System.currentTimeMillis() / 1000,
                "chat",
                Map.of("id", chat, "type", "private"),
                "from",
                Map.of("id", chat, "is_bot", false, "first_name", "Friend"),
                "text",
                text));
    call("POST", "updates", BodyPublishers.ofString(Json.MAPPER.writeValueAsString(update)));
  }

  private String call(String method, String control, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/control/" + control))
            .timeout(Duration.ofSeconds(10))
            .method(method, body)
            .build();
    try {
      HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("stand-in: " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
