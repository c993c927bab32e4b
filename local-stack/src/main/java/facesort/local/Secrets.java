package facesort.local;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What guards a stack: drawn at random at its first start.
 *
 * @param telegramToken shaped like a bot's: number, colon, 35 characters
 */
record Secrets(
    String postgresPassword, String s3AccessKey, String s3SecretKey, String telegramToken) {

  static Secrets draw() {
    SecureRandom random = new SecureRandom();
    int botId = 100_000_000 + random.nextInt(900_000_000);
    return new Secrets(
        hex(random, 16),
        "FS" + hex(random, 9).toUpperCase(java.util.Locale.ROOT),
        hex(random, 20),
        botId + ":" + ("AA" + hex(random, 17)).substring(0, 35));
  }

  @Override
  public String toString() {
    return "Secrets[hidden]";
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
