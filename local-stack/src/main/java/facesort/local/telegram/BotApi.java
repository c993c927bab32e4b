package facesort.local.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import facesort.local.telegram.Message.User;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** {@code /bot<token>/<method>}: token, faults, the method, the answer's envelope. */
final class BotApi implements HttpHandler {
  private static final int MOST_REQUEST_BYTES = 50 << 20;
  private static final int LONGEST_POLL_SECONDS = 50;

  private final String token;
  private final User bot;
  private final Outbox outbox;
  private final Updates updates;
  private final Faults faults;
  // Bodies are held in memory: this many large ones at a time.
  private final Semaphore large = new Semaphore(3);

  BotApi(String token, User bot, Outbox outbox, Updates updates, Faults faults) {
    this.token = token;
    this.bot = bot;
    this.outbox = outbox;
    this.updates = updates;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
      if (!path[0].equals("bot" + token)) {
        throw new ApiError(401, "Unauthorized", null);
      }
      String method = path.length == 2 ? path[1] : "";
      Optional<Fault> fault = faults.next(method);
      if (hit(fault, Fault.When.BEFORE)) {
        return;
      }
      Object result = result(method, exchange);
      if (hit(fault, Fault.When.AFTER)) {
        return;
      }
      Answers.send(exchange, 200, Map.of("ok", true, "result", result));
    } catch (ApiError error) {
      Answers.send(exchange, error.code(), error.body());
    }
  }

  /** True when the connection is to be closed without an answer. */
  private static boolean hit(Optional<Fault> ordered, Fault.When now) throws InterruptedException {
    if (ordered.isEmpty() || ordered.get().when() != now) {
      return false;
    }
    Fault fault = ordered.get();
    return switch (fault.kind()) {
      case ERROR -> throw fault.toError();
      case NO_ANSWER -> true;
      case DELAY -> {
        Thread.sleep(fault.delayMillis());
        yield false;
      }
    };
  }

  private Object result(String method, HttpExchange exchange)
      throws IOException, InterruptedException {
    return switch (method.toLowerCase(Locale.ROOT)) {
      case "getme" -> bot;
      case "getupdates" -> fetch(call(exchange));
      case "sendmessage" -> outbox.sendMessage(call(exchange));
      case "sendphoto", "sendmediagroup", "senddocument" -> sendFiles(method, exchange);
      default -> throw new ApiError(404, "Not Found", null);
    };
  }

  private Object sendFiles(String method, HttpExchange exchange)
      throws IOException, InterruptedException {
    large.acquire();
    try {
      Call call = call(exchange);
      return switch (method.toLowerCase(Locale.ROOT)) {
        case "sendphoto" -> outbox.sendPhoto(call);
        case "sendmediagroup" -> outbox.sendMediaGroup(call);
        default -> outbox.sendDocument(call);
      };
    } finally {
      large.release();
    }
  }

  private Object fetch(Call call) throws InterruptedException {
    int seconds = Math.clamp(call.number("timeout", 0), 0, LONGEST_POLL_SECONDS);
    return updates.fetch(
        call.number("offset", 0),
        Math.clamp(call.number("limit", 100), 1, 100),
        Duration.ofSeconds(seconds));
  }

  private static Call call(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_REQUEST_BYTES + 1);
    if (body.length > MOST_REQUEST_BYTES) {
      throw new ApiError(413, "Request Entity Too Large", null);
    }
    return Call.parse(
        exchange.getRequestURI().getRawQuery(),
        exchange.getRequestHeaders().getFirst("Content-Type"),
        body);
  }
}
