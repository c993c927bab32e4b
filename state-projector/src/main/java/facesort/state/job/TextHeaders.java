package facesort.state.job;

import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.service.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The text headers of a dead letter. Whatever stands there was written by somebody else. */
public final class TextHeaders {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private TextHeaders() {}

  /** Text of the header; null when it is not there. */
  public static @Nullable String text(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Id in the header; null when it is not there or is no id. */
  public static @Nullable String id(Headers headers, String name) {
    var text = text(headers, name);
    return text != null && EventIds.isValid(text) ? text : null;
  }

  /** Count in the header; null when it is not there or is none. */
  public static @Nullable Integer count(Headers headers, String name) {
    var text = text(headers, name);
    return text != null && COUNT.matcher(text).matches() ? Integer.valueOf(text) : null;
  }

  /** The failure code; UNKNOWN when it is not there or is none that this version knows. */
  public static FailureCode code(Headers headers) {
    var text = text(headers, DeadLetters.CODE);
    try {
      return text == null ? FailureCode.UNKNOWN : FailureCode.valueOf(text);
    } catch (IllegalArgumentException e) {
      // A newer writer's word: the failure counts, only its name is not known here.
      return FailureCode.UNKNOWN;
    }
  }
}
