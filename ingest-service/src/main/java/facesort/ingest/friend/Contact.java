package facesort.ingest.friend;

import facesort.schemas.Channel;
import facesort.schemas.FailureCode;
import facesort.service.web.ApiException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How a friend is reached. Its address is personal data and stands in no message and no log.
 *
 * @param channel the one channel
 * @param address folder name or chat id; null for NONE
 */
public record Contact(Channel channel, @Nullable String address) {

  private static final Pattern FOLDER = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]{0,63}");
  private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32}");

  /**
   * The contact that a request names.
   *
   * @throws ApiException 400 when there is no such channel or the address is not of its form
   */
  public static Contact of(@Nullable String channel, @Nullable String address) {
    return switch (channel == null ? "" : channel.toLowerCase(Locale.ROOT)) {
      case "none" -> none(address);
      case "folder" ->
          checked(
              Channel.FOLDER, FOLDER, address, "one folder name of letters, digits, space . _ -");
      case "telegram" ->
          checked(Channel.TELEGRAM, CHAT, address, "a chat id such as 123456789, or @name");
      default -> throw refused("contact.channel must be folder, telegram or none");
    };
  }

  private static Contact none(@Nullable String address) {
    if (address != null) {
      throw refused("contact.address has no meaning with channel none: leave it out");
    }
    return new Contact(Channel.NONE, null);
  }

  private static Contact checked(
      Channel channel, Pattern form, @Nullable String address, String allowed) {
    if (address == null || !form.matcher(address).matches() || address.endsWith(".")) {
      throw refused(
          "contact.address for %s must be %s"
              .formatted(channel.name().toLowerCase(Locale.ROOT), allowed));
    }
    return new Contact(channel, address);
  }

  private static ApiException refused(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, FailureCode.INVALID_EVENT, message);
  }

  @Override
  public String toString() {
    return "Contact[channel=%s]".formatted(channel);
  }
}
