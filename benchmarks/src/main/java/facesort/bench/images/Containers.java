package facesort.bench.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** What the encoders at hand do not write, put around what they do. */
final class Containers {
  private static final int PNG_HEADER = 33;
  private static final int PNG_END = 12;

  /** IDAT. */
  private static final int PICTURE_DATA = 0x49444154;

  private static final int RIFF_HEADER = 12;

  private Containers() {}

  /** A JPEG with an EXIF orientation. */
  static byte[] withExif(byte[] jpeg, int orientation) {
    return ByteBuffer.allocate(jpeg.length + 36)
        .put(jpeg, 0, 2)
        .put(ascii("\u00ff\u00e1\0\"Exif\0\0MM\0*"))
        .putInt(8)
        .putShort((short) 1)
        .putInt(0x01120003)
        .putInt(1)
        .putInt(orientation << 16)
        .putInt(0)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** A PNG whose picture is both frames of an animation. */
  static byte[] animatedPng(byte[] png) {
    byte[] size = Arrays.copyOfRange(png, 16, 24);
    byte[] animation = chunk("acTL", ByteBuffer.allocate(8).putInt(2).array());
    byte[] first = chunk("fcTL", ByteBuffer.allocate(26).putInt(0).put(size).array());
    byte[] second = chunk("fcTL", ByteBuffer.allocate(26).putInt(1).put(size).array());
    byte[] data = data(png);
    byte[] again = chunk("fdAT", ByteBuffer.allocate(4 + data.length).putInt(2).put(data).array());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(png, 0, PNG_HEADER);
    file.writeBytes(animation);
    file.writeBytes(first);
    file.write(png, PNG_HEADER, png.length - PNG_HEADER - PNG_END);
    file.writeBytes(second);
    file.writeBytes(again);
    file.write(png, png.length - PNG_END, PNG_END);
    return file.toByteArray();
  }

  private static byte[] data(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int chunk = 8; chunk < png.length; chunk += 12 + bytes.getInt(chunk)) {
      if (bytes.getInt(chunk + 4) == PICTURE_DATA) {
        data.write(png, chunk + 8, bytes.getInt(chunk));
      }
    }
    return data.toByteArray();
  }

  /** A WebP whose picture is both frames of an animation. */
  static byte[] animatedWebp(byte[] webp, int width, int height) {
    int picture = webp.length - RIFF_HEADER;
    ByteBuffer file = ByteBuffer.allocate(RIFF_HEADER + 18 + 2 * (24 + picture));
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WEBP"));
    file.put(ascii("VP8X")).putInt(10).putInt(2).put(sides(width, height));
    for (int i = 0; i < 2; i++) {
      file.put(ascii("ANMF")).putInt(16 + picture).put(new byte[6]).put(sides(width, height));
      file.putInt(100).put(webp, RIFF_HEADER, picture);
    }
    return file.array();
  }

  /** Makes the checksums of a PNG's chunks right again, as far as its lengths lead. */
  static void repairSums(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int chunk = 8;
    while (chunk + 12 <= png.length) {
      int length = bytes.getInt(chunk);
      if (length < 0 || length > png.length - chunk - 12) {
        return;
      }
      bytes.putInt(chunk + 8 + length, sum(png, chunk + 4, length + 4));
      chunk += 12 + length;
    }
  }

  private static byte[] chunk(String type, byte[] data) {
    byte[] chunk =
        ByteBuffer.allocate(12 + data.length)
            .putInt(data.length)
            .put(ascii(type))
            .put(data)
            .array();
    ByteBuffer.wrap(chunk).putInt(8 + data.length, sum(chunk, 4, data.length + 4));
    return chunk;
  }

  private static int sum(byte[] bytes, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }

  private static byte[] sides(int width, int height) {
    int last = width - 1;
    int lowest = height - 1;
    return new byte[] {
      (byte) last,
      (byte) (last >> 8),
      (byte) (last >> 16),
      (byte) lowest,
      (byte) (lowest >> 8),
      (byte) (lowest >> 16)
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
