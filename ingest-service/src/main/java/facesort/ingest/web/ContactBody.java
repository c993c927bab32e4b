package facesort.ingest.web;

import facesort.ingest.friend.Contact;
import facesort.schemas.Channel;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a contact. Its address is personal data and stands in no message and no log.
 *
 * @param channel folder, telegram or none
 * @param address folder name or chat id
 */
record ContactBody(@Nullable String channel, @Nullable String address) {

  private static final Pattern FOLDER = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]{0,63}");
  private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{5,32}");

  /** The contact, checked. */
  Contact contact() {
    return switch (channel == null ? "" : channel.toLowerCase(Locale.ROOT)) {
      case "none" -> none(address);
      case "folder" ->
          checked(
              Channel.FOLDER, FOLDER, address, "one folder name of letters, digits, space . _ -");
      case "telegram" ->
          checked(Channel.TELEGRAM, CHAT, address, "a chat id such as 123456789, or @name");
      default -> throw InvalidRequest.of("contact.channel must be folder, telegram or none");
    };
  }

  private static Contact none(@Nullable String address) {
    if (address != null) {
      throw InvalidRequest.of("contact.address has no meaning with channel none: leave it out");
    }
    return new Contact(Channel.NONE, null);
  }

  private static Contact checked(
      Channel channel, Pattern form, @Nullable String address, String allowed) {
    if (address == null || !form.matcher(address).matches() || address.endsWith(".")) {
      throw InvalidRequest.of(
          "contact.address for %s must be %s"
              .formatted(channel.name().toLowerCase(Locale.ROOT), allowed));
    }
    return new Contact(channel, address);
  }

  @Override
  public String toString() {
    return "ContactBody[channel=%s]".formatted(channel);
  }
}
