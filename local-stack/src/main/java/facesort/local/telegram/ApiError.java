package facesort.local.telegram;

import org.jspecify.annotations.Nullable;

/** An answer with {@code ok: false}. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final @Nullable Integer retryAfterSeconds;

  ApiError(int code, String description, @Nullable Integer retryAfterSeconds) {
    super(description);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static ApiError badRequest(String description) {
    return new ApiError(400, "Bad Request: " + description, null);
  }

  int code() {
    return code;
  }

  Body body() {
    return new Body(
        false,
        code,
        String.valueOf(getMessage()),
        retryAfterSeconds == null ? null : new Parameters(retryAfterSeconds));
  }

  /** The answer as Telegram writes it. */
  record Body(boolean ok, int errorCode, String description, @Nullable Parameters parameters) {}

  /** Says when to come again, in seconds. */
  record Parameters(int retryAfter) {}
}
