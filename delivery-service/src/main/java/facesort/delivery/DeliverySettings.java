package facesort.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this service, below {@code facesort.delivery.}; checked when it starts.
 *
 * @param folderRoot folder of the friends' folders
 * @param albums albums of a channel in work at the same time; each holds up to 50 MB
 * @param fetches photos of an album fetched at the same time
 * @param expireAfter how long a pair may wait for its release
 * @param longestClaim a claim older than this belongs to a process that is gone; longer than any
 *     request can take
 * @param stopWithin how long a stop waits for the running requests
 * @param firstBackOff wait after the first failure of a dependency
 * @param longestBackOff longest wait after any failure
 * @param telegram the Telegram channel
 */
@ConfigurationProperties("facesort.delivery")
record DeliverySettings(
    @DefaultValue("out") Path folderRoot,
    @DefaultValue("2") int albums,
    @DefaultValue("4") int fetches,
    @DefaultValue("7d") Duration expireAfter,
    @DefaultValue("10m") Duration longestClaim,
    @DefaultValue("20s") Duration stopWithin,
    @DefaultValue("250ms") Duration firstBackOff,
    @DefaultValue("30s") Duration longestBackOff,
    @DefaultValue Telegram telegram) {

  /** Refuses what cannot work. */
  DeliverySettings {
    require(albums >= 1, "albums", albums, "at least 1");
    require(fetches >= 1, "fetches", fetches, "at least 1");
    requirePositive("expire-after", expireAfter);
    requirePositive("stop-within", stopWithin);
    requirePositive("first-back-off", firstBackOff);
    requirePositive("longest-back-off", longestBackOff);
    require(
        longestClaim.compareTo(telegram.answerWithin().multipliedBy(2)) > 0,
        "longest-claim",
        longestClaim,
        "more than twice telegram.answer-within");
  }

  /**
   * The Telegram channel.
   *
   * @param apiUrl base address of the Bot API
   * @param token the bot's token; null or blank = no Telegram, its pairs wait
   * @param connectWithin longest wait for a connection
   * @param answerWithin longest time for a request and its answer
   * @param limits false switches the rate limits off, for tests
   * @param perSecond messages of the bot in a second
   * @param burst messages of the bot at once
   * @param chatPerSecond requests to one chat in a second
   * @param chatBurst requests to one chat at once
   */
  record Telegram(
      @DefaultValue("https://api.telegram.org") URI apiUrl,
      @Nullable String token,
      @DefaultValue("5s") Duration connectWithin,
      @DefaultValue("60s") Duration answerWithin,
      @DefaultValue("true") boolean limits,
      @DefaultValue("30") int perSecond,
      @DefaultValue("30") int burst,
      @DefaultValue("1") int chatPerSecond,
      @DefaultValue("3") int chatBurst) {

    /** Refuses what cannot work. */
    Telegram {
      requirePositive("telegram.connect-within", connectWithin);
      requirePositive("telegram.answer-within", answerWithin);
      require(perSecond >= 1, "telegram.per-second", perSecond, "at least 1");
      // An album takes as many at once as it has photos, and would wait for ever for more.
      require(burst >= 10, "telegram.burst", burst, "at least 10");
      require(chatPerSecond >= 1, "telegram.chat-per-second", chatPerSecond, "at least 1");
      require(chatBurst >= 1, "telegram.chat-burst", chatBurst, "at least 1");
    }

    /** True when there is a bot to send by. */
    boolean configured() {
      return token != null && !token.isBlank();
    }

    @Override
    public String toString() {
      return "Telegram[apiUrl=%s, configured=%s]".formatted(apiUrl, configured());
    }
  }

  private static void requirePositive(String key, Duration given) {
    require(given.isPositive(), key, given, "a time above zero");
  }

  private static void require(boolean holds, String key, Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "facesort.delivery.%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
