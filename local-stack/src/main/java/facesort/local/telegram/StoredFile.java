package facesort.local.telegram;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that came with a message, or that came earlier and are named by their file id.
 *
 * @param keptAs path of an earlier copy below the stand-in's folder; null when the bytes are new
 */
@SuppressWarnings("ArrayRecordComponent") // Short-lived, never compared.
record StoredFile(String fileName, byte[] bytes, String sha256, @Nullable String keptAs) {

  /** Telegram gives the same file the same unique id. */
  String uniqueId() {
    return sha256.substring(0, 16);
  }
}
