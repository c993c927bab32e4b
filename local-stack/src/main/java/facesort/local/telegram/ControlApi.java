package facesort.local.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** {@code /control/...}: what the real Telegram does not have; see {@link TelegramControl}. */
final class ControlApi implements HttpHandler {
  private final Faults faults;
  private final ReceiptLog receipts;
  private final Updates updates;

  ControlApi(Faults faults, ReceiptLog receipts, Updates updates) {
    this.faults = faults;
    this.receipts = receipts;
    this.updates = updates;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answers.send(exchange, 200, answer(exchange));
    } catch (JacksonException | IllegalArgumentException e) {
      Answers.send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    return switch (exchange.getRequestMethod() + " " + path) {
      case "GET /control/health" -> Map.of("status", "UP");
      case "GET /control/receipts" -> receipts.all();
      case "POST /control/faults" -> {
        faults.add(Json.MAPPER.readValue(exchange.getRequestBody(), Fault.class));
        yield Map.of("ok", true);
      }
      case "DELETE /control/faults" -> {
        faults.clear();
        yield Map.of("ok", true);
      }
      case "POST /control/updates" -> {
        updates.add((ObjectNode) Json.MAPPER.readTree(exchange.getRequestBody()));
        yield Map.of("ok", true);
      }
      default -> throw new IllegalArgumentException("no such control: " + path);
    };
  }
}
