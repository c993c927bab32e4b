package facesort.delivery.ledger;

import facesort.schemas.Channel;

/**
 * A way to reach a friend: which channel, and which version of the contact holds the address.
 *
 * @param channel channel; NONE when the friend cannot be reached
 * @param version version of {@code friend.contact}
 */
record Contact(Channel channel, long version) {

  boolean reaches() {
    return switch (channel) {
      case FOLDER, TELEGRAM, EMAIL, WEBHOOK -> true;
      case NONE, UNKNOWN -> false;
    };
  }
}
