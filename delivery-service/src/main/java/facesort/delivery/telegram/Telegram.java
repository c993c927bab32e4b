package facesort.delivery.telegram;

import facesort.delivery.send.Item;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one client of the Telegram Bot API. Each method makes one request, never repeats it, and
 * always completes with a {@link TelegramReply}, within the time-outs. Safe for any number of
 * threads.
 */
public final class Telegram {

  private static final int MAX_ANSWER_BYTES = 1024 * 1024;
  private static final int LONGEST_DESCRIPTION = 200;

  /** From the head of an answer to its end. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final JsonMapper json = new JsonMapper();
  private final WebClient web;
  private final Duration answerWithin;

  /**
   * @param api base address of the Bot API, without the token
   * @param token the bot's token; kept out of every message
   * @param connectWithin longest wait for a connection
   * @param answerWithin longest time from the start of a request to the head of its answer; the
   *     rest may take 5 s more
   */
  public Telegram(URI api, String token, Duration connectWithin, Duration answerWithin) {
    this.answerWithin = answerWithin;
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectWithin)
            .build();
    var wire = new JdkClientHttpConnector(client);
    wire.setReadTimeout(answerWithin);
    this.web =
        WebClient.builder()
            .baseUrl(api.toString().replaceAll("/+$", ""))
            .clientConnector(new TokenInPath(wire, token))
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER_BYTES))
            .build();
  }

  /** Asks who the bot is: has no effect, and shows whether it is reachable. */
  Mono<TelegramReply> getMe() {
    return reply(web.get().uri("/getMe"));
  }

  /** One photo, shown as a picture. */
  Mono<TelegramReply> sendPhoto(String chat, Item item) {
    return single("/sendPhoto", "photo", chat, item);
  }

  /** One photo as a file, unchanged whatever its size up to 50 MB. */
  Mono<TelegramReply> sendDocument(String chat, Item item) {
    return single("/sendDocument", "document", chat, item);
  }

  /** Two to ten photos as one album: all or none. */
  Mono<TelegramReply> sendMediaGroup(String chat, List<Item> items) {
    var parts = new MultipartBodyBuilder();
    parts.part("chat_id", chat);
    var media = new ArrayList<Map<String, String>>();
    for (int i = 0; i < items.size(); i++) {
      media.add(Map.of("type", "photo", "media", "attach://photo" + i));
      attach(parts, "photo" + i, items.get(i));
    }
    parts.part("media", json.writeValueAsString(media));
    return post("/sendMediaGroup", parts);
  }

  private Mono<TelegramReply> single(String method, String part, String chat, Item item) {
    var parts = new MultipartBodyBuilder();
    parts.part("chat_id", chat);
    attach(parts, part, item);
    return post(method, parts);
  }

  private static void attach(MultipartBodyBuilder parts, String part, Item item) {
    // As an array it goes out as it is; a resource would be copied in pieces of 4 KB.
    parts
        .part(part, item.bytes())
        .filename(UploadName.of(item.pair()))
        .contentType(MediaType.parseMediaType(item.pair().mediaType()));
  }

  private Mono<TelegramReply> post(String method, MultipartBodyBuilder parts) {
    return reply(web.post().uri(method).body(BodyInserters.fromMultipartData(parts.build())));
  }

  private Mono<TelegramReply> reply(WebClient.RequestHeadersSpec<?> request) {
    return request
        .exchangeToMono(this::read)
        .timeout(answerWithin.plus(REST))
        .onErrorResume(e -> Mono.just(failure(e)));
  }

  private Mono<TelegramReply> read(ClientResponse response) {
    int status = response.statusCode().value();
    return response.bodyToMono(String.class).defaultIfEmpty("").map(body -> answer(status, body));
  }

  private TelegramReply answer(int status, String body) {
    if (status >= 500) {
      return new TelegramReply.ServerError(status);
    }
    var answer = parse(body);
    if (status / 100 == 2) {
      return answer.path("ok").asBoolean(false)
          ? new TelegramReply.Done(messageIds(answer.path("result")))
          : new TelegramReply.Lost("an answer that cannot be read");
    }
    return refusal(status, answer);
  }

  private static TelegramReply refusal(int status, JsonNode answer) {
    var description = description(answer);
    return switch (status) {
      case 429 ->
          new TelegramReply.TooManyRequests(
              Duration.ofSeconds(
                  Math.max(1, answer.path("parameters").path("retry_after").asLong(1))));
      case 401, 404 -> new TelegramReply.NoSuchBot(status);
      case 403 -> new TelegramReply.Blocked(description);
      default -> new TelegramReply.Refused(status, description);
    };
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      return json.createObjectNode();
    }
  }

  private static String description(JsonNode answer) {
    var text = answer.path("description").asString("no reason given").replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), LONGEST_DESCRIPTION));
  }

  private static List<String> messageIds(JsonNode result) {
    var ids = new ArrayList<String>();
    if (result.isArray()) {
      result.forEach(message -> ids.add(message.path("message_id").asString("")));
    } else if (result.has("message_id")) {
      ids.add(result.path("message_id").asString(""));
    }
    return List.copyOf(ids);
  }

  /** Names the kind only: messages of exceptions may hold addresses. */
  private static TelegramReply failure(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof ConnectException
          || e instanceof HttpConnectTimeoutException
          || e instanceof NoRouteToHostException
          || e instanceof UnknownHostException
          || e instanceof UnresolvedAddressException
          || e instanceof SSLHandshakeException) {
        return new TelegramReply.Unreachable(e.getClass().getSimpleName());
      }
    }
    return new TelegramReply.Lost(lossOf(failure));
  }

  private static String lossOf(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof TimeoutException || e instanceof HttpTimeoutException) {
        return "no answer in time";
      }
      if (e instanceof IOException) {
        return "the connection broke: " + e.getClass().getSimpleName();
      }
    }
    return failure.getClass().getSimpleName();
  }
}
