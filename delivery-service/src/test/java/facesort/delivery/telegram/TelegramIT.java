package facesort.delivery.telegram;

import static facesort.delivery.send.Photos.item;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.SendOutcome;
import facesort.schemas.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

class TelegramIT {

  private static final String TOKEN = "12345:canary-SECRET_token";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private BotDouble bot;
  private Telegram telegram;

  @BeforeEach
  void start() throws IOException {
    bot = new BotDouble();
    telegram = client(bot.address(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void sendPhoto_givesTheMessageId() {
    bot.answers(200, "{\"ok\":true,\"result\":{\"message_id\":7}}");

    assertThat(answer(telegram.sendPhoto("1", item("a", (byte) 1))))
        .isEqualTo(new TelegramReply.Done(List.of("7")));
    assertThat(bot.calls()).containsExactly("/bot" + TOKEN + "/sendPhoto");
  }

  @Test
  void sendMediaGroup_givesAMessageIdForEachPhoto() {
    bot.answers(200, "{\"ok\":true,\"result\":[{\"message_id\":7},{\"message_id\":8}]}");

    assertThat(
            answer(telegram.sendMediaGroup("1", List.of(item("a", (byte) 1), item("b", (byte) 2)))))
        .isEqualTo(new TelegramReply.Done(List.of("7", "8")));
  }

  @Test
  void reply_tooManyRequestsHasTheTimeToWait() {
    bot.answers(429, "{\"ok\":false,\"description\":\"x\",\"parameters\":{\"retry_after\":35}}");

    assertThat(send()).isEqualTo(new TelegramReply.TooManyRequests(Duration.ofSeconds(35)));
  }

  @Test
  void reply_tooManyRequestsWithoutATimeWaitsASecond() {
    bot.answers(429, "busy");

    assertThat(send()).isEqualTo(new TelegramReply.TooManyRequests(Duration.ofSeconds(1)));
  }

  @Test
  void reply_blockedHasTelegramsWords() {
    bot.answers(403, "{\"ok\":false,\"description\":\"Forbidden: bot was blocked by the user\"}");

    assertThat(send())
        .isEqualTo(new TelegramReply.Blocked("Forbidden: bot was blocked by the user"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 409})
  void reply_otherRefusalsAreOfThisRequest(int status) {
    bot.answers(status, "{\"ok\":false,\"description\":\"Bad Request\"}");

    assertThat(send()).isEqualTo(new TelegramReply.Refused(status, "Bad Request"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404})
  void reply_unknownTokenIsTheBotsTrouble(int status) {
    bot.answers(status, "{\"ok\":false}");

    assertThat(send()).isEqualTo(new TelegramReply.NoSuchBot(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void reply_serverErrorsLeaveTheEffectOpen(int status) {
    bot.answers(status, "<html>");

    assertThat(send()).isEqualTo(new TelegramReply.ServerError(status));
  }

  @ParameterizedTest
  @CsvSource({"0,''", "200,'{\"ok\":tr'", "200,'{\"ok\":false}'", "200,''"})
  void reply_isLostWhenNothingUsableComes(int status, String body) {
    bot.answers(status, body);

    assertThat(send()).isInstanceOf(TelegramReply.Lost.class);
    assertThat(bot.calls()).as("one request, never repeated").hasSize(1);
  }

  @Test
  void reply_isLostWhenItDoesNotComeInTime() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var address = URI.create("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(answer(client(address, Duration.ofSeconds(2)).getMe()))
          .isEqualTo(new TelegramReply.Lost("no answer in time"));
    }
  }

  @Test
  void reply_isUnreachableWhenNobodyListens() {
    bot.close();

    assertThat(send()).isEqualTo(new TelegramReply.Unreachable("ConnectException"));
  }

  @Test
  void channel_asksWhoTheBotIsBeforeItGoesOnAfterTrouble() {
    bot.answers(500, "");
    bot.answers(502, "");
    bot.answers(200, "{\"ok\":true,\"result\":{}}");
    var channel = channel();

    var outcome = answer(channel.send("1", List.of(item("a", (byte) 1))));
    channel.permit("1", 1).block(LIMIT);

    assertThat(outcome).isInstanceOf(SendOutcome.Unclear.class);
    assertThat(bot.calls())
        .extracting(path -> path.substring(path.lastIndexOf('/') + 1))
        .containsExactly("sendPhoto", "getMe", "getMe");
    assertThat(channel.failing()).isFalse();
  }

  @Test
  void channel_sendsNothingAgainItselfWhenNobodyListens() {
    bot.close();

    assertThat(answer(channel().send("1", List.of(item("a", (byte) 1)))))
        .isInstanceOf(SendOutcome.NotSent.class);
  }

  @Test
  void channel_refusesWithoutNamingTheChat() {
    bot.answers(400, "{\"ok\":false,\"description\":\"Bad Request: chat 4711 not found\"}");

    assertThat(answer(channel().send("4711", List.of(item("a", (byte) 1)))))
        .isEqualTo(
            new SendOutcome.Refused(
                FailureCode.CHANNEL_REFUSED, "Bad Request: chat (chat) not found"));
  }

  @Test
  void channel_letsPhotosOfARefusedAlbumGoAlone() {
    bot.answers(400, "{\"ok\":false,\"description\":\"Bad Request\"}");

    assertThat(answer(channel().send("1", List.of(item("a", (byte) 1), item("b", (byte) 2)))))
        .isEqualTo(new SendOutcome.RefusedTogether());
  }

  @Test
  void token_isInNoLogAndNoReplyWhateverHappens() {
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var before = root.getLevel();
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    root.setLevel(Level.TRACE);
    root.addAppender(lines);
    try {
      bot.answers(500, "");
      bot.answers(0, "");
      bot.answers(401, "{}");
      var replies = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        replies.append(answer(channel().send("1", List.of(item("a", (byte) 1)))));
      }
      bot.close();
      replies.append(answer(channel().send("1", List.of(item("a", (byte) 1)))));

      assertThat(replies.toString()).doesNotContain("canary");
    } finally {
      root.detachAppender(lines);
      root.setLevel(before);
    }
    assertThat(lines.list)
        .as("addresses are logged, without the token")
        .anyMatch(line -> line.getFormattedMessage().contains(bot.address() + "/sendPhoto"));
    assertThat(lines.list).allSatisfy(line -> assertThat(text(line)).doesNotContain("canary"));
  }

  private static String text(ILoggingEvent line) {
    return line.getFormattedMessage()
        + (line.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(line.getThrowableProxy()));
  }

  private static Telegram client(URI address, Duration answerWithin) {
    return new Telegram(address, TOKEN, Duration.ofSeconds(2), answerWithin);
  }

  private TelegramChannel channel() {
    var backOff = new BackOff(Clock.systemUTC(), Duration.ofMillis(5), Duration.ofMillis(20));
    return new TelegramChannel(telegram, RateLimits.none(), backOff);
  }

  private TelegramReply send() {
    return answer(telegram.sendPhoto("1", item("a", (byte) 1)));
  }

  private static <T> T answer(Mono<T> reply) {
    return reply.blockOptional(LIMIT).orElseThrow();
  }
}
