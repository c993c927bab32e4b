package facesort.local.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init") // Opened before each test.
class TelegramServerIT {
  private static final String TOKEN = "123456789:AAtest";

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private TelegramServer server;
  private TelegramControl control;

  @BeforeEach
  void start() throws IOException {
    server = TelegramServer.start(0, folder, TOKEN);
    control = new TelegramControl(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getMe_answersTheBot() throws Exception {
    JsonNode answer = get("getMe");

    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.at("/result/id").asLong()).isEqualTo(123456789);
    assertThat(answer.at("/result/is_bot").asBoolean()).isTrue();
  }

  @Test
  void anyMethod_withAWrongToken_isUnauthorized() throws Exception {
    JsonNode answer = call(URI.create(server.url() + "/bot1:wrong/getMe"));

    assertThat(answer.toString())
        .isEqualTo("{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
  }

  @Test
  void sendPhoto_keepsTheBytesAndAReceiptBeforeItAnswers() throws Exception {
    byte[] photo = photo(40, 30);

    JsonNode result =
        send(
                "sendPhoto",
                new Form()
                    .field("chat_id", "42")
                    .field("caption", "you")
                    .file("photo", "a.jpg", photo))
            .path("result");

    assertThat(result.at("/chat/id").asLong()).isEqualTo(42);
    assertThat(result.at("/photo/0/width").asInt()).isEqualTo(40);
    assertThat(result.at("/photo/0/file_id").asString()).isNotEmpty();
    Receipt receipt = control.receipts().getFirst();
    assertThat(receipt.messageId()).isEqualTo(result.path("message_id").asLong());
    assertThat(receipt.caption()).isEqualTo("you");
    assertThat(folder.resolve(String.valueOf(receipt.file()))).hasBinaryContent(photo);
  }

  @Test
  void sendMediaGroup_mixesUploadsAndFileIds() throws Exception {
    String known =
        send("sendPhoto", new Form().field("chat_id", "42").file("photo", "a.jpg", photo(9, 9)))
            .at("/result/photo/0/file_id")
            .asString();

    JsonNode result =
        send(
                "sendMediaGroup",
                new Form()
                    .field("chat_id", "42")
                    .field(
                        "media",
                        """
                        [{"type":"photo","media":"attach://one","caption":"two of you"},
                         {"type":"photo","media":"%s"}]
                        """
                            .formatted(known))
                    .file("one", "b.jpg", photo(8, 8)))
            .path("result");

    assertThat(result).hasSize(2);
    assertThat(result.at("/0/media_group_id")).isEqualTo(result.at("/1/media_group_id"));
    List<Receipt> receipts = control.receipts();
    assertThat(receipts.get(2).sha256()).isEqualTo(receipts.get(0).sha256());
    assertThat(receipts).extracting(Receipt::messageId).containsExactly(1L, 2L, 3L);
  }

  @Test
  void sendMediaGroup_ofOne_isRefused() throws Exception {
    JsonNode answer =
        send(
            "sendMediaGroup",
            new Form()
                .field("chat_id", "42")
                .field("media", "[{\"type\":\"photo\",\"media\":\"attach://one\"}]")
                .file("one", "b.jpg", photo(8, 8)));

    assertThat(answer.path("error_code").asInt()).isEqualTo(400);
    assertThat(control.receipts()).isEmpty();
  }

  @Test
  void sendPhoto_above10Megabytes_isRefused() throws Exception {
    JsonNode answer =
        send(
            "sendPhoto",
            new Form().field("chat_id", "42").file("photo", "a.jpg", new byte[(10 << 20) + 1]));

    assertThat(answer.path("description").asString()).isEqualTo("Bad Request: file is too big");
  }

  @Test
  void sendPhoto_ofSomethingElse_isRefused() throws Exception {
    JsonNode answer =
        send("sendPhoto", new Form().field("chat_id", "42").file("photo", "a.jpg", new byte[9]));

    assertThat(answer.path("description").asString())
        .isEqualTo("Bad Request: IMAGE_PROCESS_FAILED");
  }

  @Test
  void fault429_saysWhenToComeAgainAndSendsNothing() throws Exception {
    control.order(Fault.tooManyRequests(3, Fault.When.BEFORE, 1));

    JsonNode answer = send("sendMessage", text());

    assertThat(answer.toString())
        .isEqualTo(
            "{\"ok\":false,\"error_code\":429,"
                + "\"description\":\"Too Many Requests: retry after 3\","
                + "\"parameters\":{\"retry_after\":3}}");
    assertThat(control.receipts()).isEmpty();
    assertThat(send("sendMessage", text()).path("ok").asBoolean()).isTrue();
  }

  @Test
  void fault500_afterTheEffect_leavesTheMessage() throws Exception {
    control.order(Fault.error(500, Fault.When.AFTER, 1).forMethod("sendMessage"));

    JsonNode answer = send("sendMessage", text());

    assertThat(answer.path("error_code").asInt()).isEqualTo(500);
    assertThat(control.receipts()).hasSize(1);
  }

  @Test
  void faultNoAnswer_closesTheConnection() {
    control.order(Fault.noAnswer(Fault.When.AFTER, 1));

    assertThatThrownBy(() -> send("sendMessage", text())).isInstanceOf(IOException.class);
    assertThat(control.receipts()).hasSize(1);
  }

  @Test
  void faultDelay_answersLate() throws Exception {
    control.order(Fault.delay(300, Fault.When.BEFORE, 1));
    long start = System.nanoTime();

    assertThat(send("sendMessage", text()).path("ok").asBoolean()).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void getUpdates_tellsWhatAUserWroteUntilTheOffsetPassesIt() throws Exception {
    control.userWrites(42, "/start abc");

    JsonNode update = get("getUpdates?timeout=5").at("/result/0");

    assertThat(update.at("/message/text").asString()).isEqualTo("/start abc");
    long next = update.path("update_id").asLong() + 1;
    assertThat(get("getUpdates?offset=" + next).path("result")).isEmpty();
  }

  @Test
  void restart_keepsReceiptsAndDropsALineCutOff() throws Exception {
    send("sendMessage", text());
    stop();
    Files.writeString(
        folder.resolve("receipts.jsonl"), "{\"time\":\"2026", StandardOpenOption.APPEND);

    start();
    send("sendMessage", text());

    assertThat(control.receipts()).extracting(Receipt::messageId).containsExactly(1L, 2L);
  }

  private static Form text() {
    return new Form().field("chat_id", "42").field("text", "hello");
  }

  private JsonNode get(String method) throws Exception {
    return call(URI.create(server.url() + "/bot" + TOKEN + "/" + method));
  }

  private JsonNode call(URI uri) throws Exception {
    return read(HttpRequest.newBuilder(uri).build());
  }

  private JsonNode send(String method, Form form) throws Exception {
    return read(
        HttpRequest.newBuilder(URI.create(server.url() + "/bot" + TOKEN + "/" + method))
            .header("Content-Type", "multipart/form-data; boundary=" + Form.BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form.end()))
            .build());
  }

  private JsonNode read(HttpRequest request) throws Exception {
    return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
  }

  private static byte[] photo(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
    return out.toByteArray();
  }

  /** A multipart body in the making. */
  private static final class Form {
    static final String BOUNDARY = "----form";
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Form field(String name, String value) {
      return part("name=\"%s\"".formatted(name), value.getBytes(StandardCharsets.UTF_8));
    }

    Form file(String name, String fileName, byte[] bytes) {
      return part("name=\"%s\"; filename=\"%s\"".formatted(name, fileName), bytes);
    }

    byte[] end() {
      body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      return body.toByteArray();
    }

    private Form part(String disposition, byte[] content) {
      String head =
          "--%s\r\nContent-Disposition: form-data; %s\r\n\r\n".formatted(BOUNDARY, disposition);
      body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      body.writeBytes(content);
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
      return this;
    }
  }
}
