package facesort.delivery.telegram;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Telegram's documented limits: about 30 messages a second for the bot and one a second for a chat.
 * A photo of an album is a message for the bot; an album is one request for the chat, which takes
 * short bursts. Safe for any number of threads.
 */
public final class RateLimits {

  private static final int CHATS = 10_000;

  private final @Nullable Bucket bot;
  private final @Nullable Rate perChat;
  private final Map<String, Bucket> chats =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > CHATS;
        }
      };

  /**
   * A limit.
   *
   * @param perSecond how many in a second in the long run
   * @param burst how many at once after a rest
   */
  public record Rate(int perSecond, int burst) {

    /** Refuses less than one. */
    public Rate {
      if (perSecond < 1 || burst < 1) {
        throw new IllegalArgumentException("a rate has at least 1 a second and a burst of 1");
      }
    }

    private Bucket bucket() {
      var bandwidth =
          Bandwidth.builder()
              .capacity(burst)
              .refillGreedy(perSecond, Duration.ofSeconds(1))
              .build();
      return Bucket.builder().addLimit(bandwidth).build();
    }
  }

  private RateLimits(@Nullable Rate bot, @Nullable Rate perChat) {
    this.bot = bot == null ? null : bot.bucket();
    this.perChat = perChat;
  }

  /** Both limits at once. */
  public static RateLimits of(Rate bot, Rate perChat) {
    return new RateLimits(bot, perChat);
  }

  /** No limit at all. */
  public static RateLimits none() {
    return new RateLimits(null, null);
  }

  /**
   * Takes the permission for one request, or says how long to wait before asking again; then
   * nothing was taken.
   */
  synchronized Duration take(String chat, int photos) {
    if (bot == null || perChat == null) {
      return Duration.ZERO;
    }
    var ofChat = chats.computeIfAbsent(chat, _ -> perChat.bucket());
    var chatWait = ofChat.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    var botWait = bot.estimateAbilityToConsume(photos).getNanosToWaitForRefill();
    if (chatWait > 0 || botWait > 0) {
      return Duration.ofNanos(Math.max(chatWait, botWait));
    }
    return ofChat.tryConsume(1) && bot.tryConsume(photos) ? Duration.ZERO : Duration.ofMillis(1);
  }
}
