package facesort.local.telegram;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Writes JSON answers. */
final class Answers {
  private Answers() {}

  static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] json = Json.MAPPER.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }
}
