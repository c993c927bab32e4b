package facesort.ingest.friend;

import facesort.schemas.Channel;
import org.jspecify.annotations.Nullable;

/**
 * How a friend is reached. Its address is personal data and stands in no message and no log.
 *
 * @param channel the one channel
 * @param address folder name or chat id; null for NONE
 */
public record Contact(Channel channel, @Nullable String address) {

  @Override
  public String toString() {
    return "Contact[channel=%s]".formatted(channel);
  }
}
