package facesort.state.web;

import facesort.service.web.ApiException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Parameters of questions; what is not allowed is a 400 that says what is. */
final class Parameters {

  private static final int MOST = 500;

  private Parameters() {}

  static int limit(int value) {
    if (value < 1 || value > MOST) {
      throw invalid("limit is %d, it must be 1 to %d".formatted(value, MOST));
    }
    return value;
  }

  static long offset(long value) {
    if (value < 0) {
      throw invalid("offset is %d, it must be 0 or more".formatted(value));
    }
    return value;
  }

  /** Name of a value of the enum in any case; null when none is given. */
  static <E extends Enum<E>> @Nullable String oneOf(
      Class<E> type, String name, @Nullable String given) {
    var wanted = textOrNull(given);
    if (wanted == null) {
      return null;
    }
    var upper = wanted.toUpperCase(Locale.ROOT);
    var allowed = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    if (!allowed.contains(upper)) {
      throw invalid("%s is %s, it must be one of %s".formatted(name, wanted, allowed));
    }
    return upper;
  }

  /** An empty parameter asks for nothing. */
  static @Nullable String textOrNull(@Nullable String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  private static ApiException invalid(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", message);
  }
}
