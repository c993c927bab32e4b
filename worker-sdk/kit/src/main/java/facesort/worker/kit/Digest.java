package facesort.worker.kit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 as text. */
final class Digest {
  private Digest() {}

  /** Of these bytes; another word for none at all. */
  static String of(byte @Nullable [] bytes) {
    try {
      return bytes == null
          ? "null"
          : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
