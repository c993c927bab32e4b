package facesort.ingest;

import facesort.ingest.IngestClient.File;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Files that begin as photos do; what follows is not looked at by this service. */
public final class Photos {

  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  private Photos() {}

  /** A JPEG; other text is another photo. */
  public static byte[] jpeg(String text) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(JPEG);
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  /** A JPEG of any length, made while it is sent. */
  public static File large(String filename, long length, int seed) {
    return new File(
        "photos",
        filename,
        BodyPublishers.ofInputStream(() ->
            new SequenceInputStream(
                new java.io.ByteArrayInputStream(jpeg(filename)),
                new Pattern(length - jpeg(filename).length, seed))));
  }

  /** So many different JPEGs. */
  public static List<File> uploads(String text, int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(at -> File.photo("photo%d.jpg".formatted(at), jpeg(text + at)))
            .toList());
  }

  /** Bytes that need no memory. */
  private static final class Pattern extends InputStream {

    private long left;
    private final int seed;

    Pattern(long left, int seed) {
      this.left = left;
      this.seed = seed;
    }

    @Override
    public int read() {
      return left-- > 0 ? (int) (left * seed & 0xff) : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int count) {
      if (left <= 0) {
        return -1;
      }
      int now = (int) Math.min(left, count);
      for (int i = 0; i < now; i++) {
        bytes[from + i] = (byte) ((left - i) * seed);
      }
      left -= now;
      return now;
    }
  }
}
