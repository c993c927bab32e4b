package facesort.local.telegram;

import org.jspecify.annotations.Nullable;

/**
 * A misbehaviour for the next calls.
 *
 * @param method Bot API method it waits for; null: any
 * @param when before or after the message took effect
 * @param kind what happens
 * @param times how many calls it hits
 * @param errorCode for {@code ERROR}: the answer's code
 * @param description for {@code ERROR}: the answer's text; null: Telegram's own for that code
 * @param retryAfter for {@code ERROR} 429: seconds
 * @param delayMillis for {@code DELAY}: wait before going on
 */
public record Fault(
    @Nullable String method,
    When when,
    Kind kind,
    int times,
    int errorCode,
    @Nullable String description,
    @Nullable Integer retryAfter,
    long delayMillis) {

  /** On which side of the effect. */
  public enum When {
    /** Nothing was sent. */
    BEFORE,
    /** The message is there, the caller does not know. */
    AFTER
  }

  /** What happens. */
  public enum Kind {
    /** An error answer. */
    ERROR,
    /** A late answer. */
    DELAY,
    /** The connection is closed without an answer. */
    NO_ANSWER
  }

  public Fault {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, not " + times);
    }
  }

  /** Flood control: 429 with a time to wait. */
  public static Fault tooManyRequests(int retryAfterSeconds, When when, int times) {
    return new Fault(null, when, Kind.ERROR, times, 429, null, retryAfterSeconds, 0);
  }

  /** An error answer with this code. */
  public static Fault error(int code, When when, int times) {
    return new Fault(null, when, Kind.ERROR, times, code, null, null, 0);
  }

  /** A late answer. */
  public static Fault delay(long millis, When when, int times) {
    return new Fault(null, when, Kind.DELAY, times, 0, null, null, millis);
  }

  /** No answer at all. */
  public static Fault noAnswer(When when, int times) {
    return new Fault(null, when, Kind.NO_ANSWER, times, 0, null, null, 0);
  }

  /** The same for one method only. */
  public Fault forMethod(String only) {
    return new Fault(only, when, kind, times, errorCode, description, retryAfter, delayMillis);
  }

  Fault withTimes(int left) {
    return new Fault(method, when, kind, left, errorCode, description, retryAfter, delayMillis);
  }

  ApiError toError() {
    if (errorCode == 429) {
      int seconds = retryAfter == null ? 1 : retryAfter;
      return new ApiError(429, "Too Many Requests: retry after " + seconds, seconds);
    }
    return new ApiError(errorCode, description == null ? usualText() : description, null);
  }

  private String usualText() {
    return switch (errorCode) {
      case 400 -> "Bad Request: chat not found";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden: bot was blocked by the user";
      case 502 -> "Bad Gateway";
      default -> "Internal Server Error";
    };
  }
}
