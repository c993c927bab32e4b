package facesort.delivery.telegram;

import facesort.delivery.send.AlbumLimits;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.DeliveryChannel;
import facesort.delivery.send.Item;
import facesort.delivery.send.SendOutcome;
import facesort.schemas.Channel;
import facesort.schemas.FailureCode;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Albums to chats. Telegram has no way to recognise a repeated request, so one whose answer is lost
 * is unclear for good. After any trouble the bot is first asked who it is, which has no effect, and
 * albums wait until it answers: an outage costs at most the requests that were under way.
 */
public final class TelegramChannel implements DeliveryChannel {

  private static final Logger log = LoggerFactory.getLogger(TelegramChannel.class);
  private static final long MIB = 1024 * 1024;
  private static final long PHOTO_BYTES = 10 * MIB;

  /** Below the 50 MB of a whole upload, with room for what is around the photos. */
  private static final AlbumLimits LIMITS = new AlbumLimits(10, PHOTO_BYTES, 45 * MIB, 50 * MIB);

  private static final int TOO_BIG = 413;

  private final Telegram telegram;
  private final RateLimits limits;
  private final BackOff backOff;

  private volatile String lastReply = "not asked yet";

  /**
   * @param telegram the bot
   * @param limits how often it may speak
   * @param backOff keeps requests back after trouble and while Telegram asks for silence
   */
  public TelegramChannel(Telegram telegram, RateLimits limits, BackOff backOff) {
    this.telegram = telegram;
    this.limits = limits;
    this.backOff = backOff;
  }

  /** Kind of the bot's last reply, for people. */
  public String lastReply() {
    return lastReply;
  }

  /** True while the bot is in trouble and asked who it is before anything is sent. */
  public boolean failing() {
    return backOff.failing();
  }

  @Override
  public Channel channel() {
    return Channel.TELEGRAM;
  }

  @Override
  public AlbumLimits limits() {
    return LIMITS;
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Mono<Void> permit(String chat, int photos) {
    return backOff
        .passed()
        .then(Mono.defer(this::answering))
        .then(Mono.defer(() -> rate(chat, photos)));
  }

  private Mono<Void> answering() {
    if (!backOff.failing()) {
      return Mono.empty();
    }
    return telegram
        .getMe()
        .doOnNext(this::note)
        .then(Mono.defer(backOff::passed))
        .then(Mono.defer(this::answering));
  }

  private Mono<Void> rate(String chat, int photos) {
    var wait = limits.take(chat, photos);
    if (!wait.isZero()) {
      return Mono.delay(wait).then(Mono.defer(() -> permit(chat, photos)));
    }
    // A pause that began while this request waited for its turn holds for it too.
    return backOff.left().isZero() ? Mono.empty() : permit(chat, photos);
  }

  @Override
  public Mono<SendOutcome> send(String chat, List<Item> items) {
    return request(chat, items)
        .doOnNext(this::note)
        .map(reply -> outcome(reply, items.size(), chat));
  }

  private Mono<TelegramReply> request(String chat, List<Item> items) {
    if (items.size() > 1) {
      return telegram.sendMediaGroup(chat, items);
    }
    var item = items.getFirst();
    return item.bytes().length > PHOTO_BYTES
        ? telegram.sendDocument(chat, item)
        : telegram.sendPhoto(chat, item);
  }

  /** What a reply says about the bot as a whole. */
  private void note(TelegramReply reply) {
    lastReply = reply.getClass().getSimpleName();
    switch (reply) {
      case TelegramReply.Done _, TelegramReply.Blocked _, TelegramReply.Refused _ ->
          backOff.succeeded();
      case TelegramReply.TooManyRequests(Duration retryAfter) -> {
        log.warn("Telegram asks for silence, seconds={}", retryAfter.toSeconds());
        backOff.pauseFor(retryAfter);
      }
      case TelegramReply.NoSuchBot _,
          TelegramReply.ServerError _,
          TelegramReply.Unreachable _,
          TelegramReply.Lost _ -> {
        backOff.failed();
        log.warn(
            "Telegram is in trouble, waitMillis={} reply={}", backOff.left().toMillis(), reply);
      }
    }
  }

  private static SendOutcome outcome(TelegramReply reply, int photos, String chat) {
    return switch (reply) {
      case TelegramReply.Done(var ids) -> new SendOutcome.Sent(ids);
      case TelegramReply.TooManyRequests _ -> new SendOutcome.NotSent("too many requests");
      case TelegramReply.NoSuchBot _ -> new SendOutcome.NotSent("Telegram knows no such bot");
      case TelegramReply.Unreachable(var why) -> new SendOutcome.NotSent("not reached: " + why);
      case TelegramReply.ServerError(var status) ->
          new SendOutcome.Unclear("Telegram answered " + status);
      case TelegramReply.Lost(var why) -> new SendOutcome.Unclear(why);
      case TelegramReply.Blocked(var words) ->
          new SendOutcome.Refused(FailureCode.CHANNEL_BLOCKED, words.replace(chat, "(chat)"));
      case TelegramReply.Refused(var status, var words) -> {
        if (photos > 1) {
          yield new SendOutcome.RefusedTogether();
        }
        var code = status == TOO_BIG ? FailureCode.TOO_BIG : FailureCode.CHANNEL_REFUSED;
        yield new SendOutcome.Refused(code, words.replace(chat, "(chat)"));
      }
    };
  }
}
