package facesort.state.job;

import facesort.service.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What failures of one cause share, so that a thousand of them read as one and can be retried as
 * one: 12 hexadecimal digits of SHA-256 over code, service and the message without what differs
 * from photo to photo (quoted texts, ids, numbers).
 */
public final class FailureSignature {

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

  /** Words with a digit in them: ids, offsets, sizes, hashes, addresses. */
  private static final Pattern WITH_DIGIT = Pattern.compile("[\\w.,:/+-]*[0-9][\\w.,:/+-]*");

  private static final int BYTES = 6;

  private FailureSignature() {}

  /** Of a dead letter, from its text headers. */
  public static String of(Headers headers) {
    return of(
        TextHeaders.code(headers).name(),
        TextHeaders.text(headers, DeadLetters.SERVICE),
        TextHeaders.text(headers, DeadLetters.MESSAGE));
  }

  /**
   * Of a failure that came another way.
   *
   * @param code name of the failure code
   * @param service service and role that gave up; null when not known
   * @param message one line for people; null when there is none
   */
  public static String of(String code, @Nullable String service, @Nullable String message) {
    var text = message == null ? "" : message;
    text = QUOTED.matcher(text).replaceAll("?");
    text = WITH_DIGIT.matcher(text).replaceAll("?");
    return hash(code + "\n" + (service == null ? "" : service) + "\n" + text);
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
