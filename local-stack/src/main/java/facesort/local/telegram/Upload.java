package facesort.local.telegram;

import java.util.Arrays;

/** One file of a request: a slice of its body. */
final class Upload {
  private final String fileName;
  private final byte[] body;
  private final int from;
  private final int to;

  Upload(String fileName, byte[] body, int from, int to) {
    this.fileName = fileName;
    this.body = body;
    this.from = from;
    this.to = to;
  }

  String fileName() {
    return fileName;
  }

  byte[] bytes() {
    return Arrays.copyOfRange(body, from, to);
  }
}
