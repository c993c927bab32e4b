package facesort.local.telegram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sent message as the Bot API answers it; unused fields are left out. */
record Message(
    long messageId,
    User from,
    Chat chat,
    long date,
    @Nullable String text,
    @Nullable String mediaGroupId,
    @Nullable List<PhotoSize> photo,
    @Nullable Document document,
    @Nullable String caption) {

  /** The bot itself. */
  record User(long id, boolean isBot, String firstName, String username) {}

  /** Where it was sent. */
  record Chat(long id, String type, String firstName) {}

  /** One size of a photo. */
  record PhotoSize(String fileId, String fileUniqueId, int width, int height, int fileSize) {}

  /** A file sent as it is. */
  record Document(String fileId, String fileUniqueId, String fileName, int fileSize) {}
}
