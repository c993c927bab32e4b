package facesort.delivery.telegram;

import java.time.Duration;
import java.util.List;

/** Every way in which a request to the Bot API can end. No text in it holds the token. */
sealed interface TelegramReply {

  /**
   * Done.
   *
   * @param messageIds one for each photo, in the order of the request; empty for getMe
   */
  record Done(List<String> messageIds) implements TelegramReply {}

  /**
   * 429: nothing was done, and the whole bot is asked to be silent.
   *
   * @param retryAfter how long
   */
  record TooManyRequests(Duration retryAfter) implements TelegramReply {}

  /**
   * 403: the friend does not want to hear from the bot; nothing was done.
   *
   * @param description Telegram's words
   */
  record Blocked(String description) implements TelegramReply {}

  /**
   * 400 and the other refusals of this one request; nothing was done.
   *
   * @param status HTTP status
   * @param description Telegram's words
   */
  record Refused(int status, String description) implements TelegramReply {}

  /**
   * 401 or 404: the token is not, or no longer, a bot's; nothing was done.
   *
   * @param status HTTP status
   */
  record NoSuchBot(int status) implements TelegramReply {}

  /**
   * 5xx: something answered that it failed. It may be a gateway that lost the real answer, so the
   * effect is not known.
   *
   * @param status HTTP status
   */
  record ServerError(int status) implements TelegramReply {}

  /**
   * No connection was made: nothing was sent.
   *
   * @param why kind of failure
   */
  record Unreachable(String why) implements TelegramReply {}

  /**
   * The request was on its way and no usable answer came: the effect is not known.
   *
   * @param why kind of failure
   */
  record Lost(String why) implements TelegramReply {}
}
