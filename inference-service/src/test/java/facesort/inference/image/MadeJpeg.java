package facesort.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JPEG files of one grey made byte by byte, and segments to put into others. */
final class MadeJpeg {
  static final int BASELINE = 0xC0;
  static final int PROGRESSIVE = 0xC2;

  private MadeJpeg() {}

  /**
   * A progressive file: the constant parts of all blocks, then scans of a few bytes each that go
   * over every coefficient and find nothing to refine.
   *
   * @param scans all of them, the first included
   */
  static byte[] progressive(int width, int height, int components, int scans) {
    int blocks = ((width + 7) / 8) * ((height + 7) / 8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head());
    file.writeBytes(frame(PROGRESSIVE, 8, width, height, components));
    file.writeBytes(huffman(0, 0));
    // A run of at least 16,384 blocks without anything: one bit, and fourteen of its length.
    file.writeBytes(huffman(0x10, 0xE0));
    file.writeBytes(scan(components, 0, 0, 0x01));
    file.writeBytes(new byte[(blocks * components + 7) / 8]);
    byte[] runs = longestRuns(blocks);
    for (int i = 1; i < scans; i++) {
      file.writeBytes(scanOf(1 + i % components, 1, 63, 0x10));
      file.writeBytes(runs);
    }
    file.writeBytes(end());
    return file.toByteArray();
  }

  /** Start and one table of ones. */
  static byte[] head() {
    byte[] table = new byte[65];
    Arrays.fill(table, 1, 65, (byte) 1);
    return joined(new byte[] {(byte) 0xFF, (byte) 0xD8}, segment(0xDB, table));
  }

  static byte[] end() {
    return new byte[] {(byte) 0xFF, (byte) 0xD9};
  }

  /** The segment that names the size. */
  static byte[] frame(int marker, int bits, int width, int height, int components) {
    ByteBuffer frame = ByteBuffer.allocate(6 + 3 * components);
    frame.put((byte) bits).putShort((short) height).putShort((short) width);
    frame.put((byte) components);
    for (int i = 1; i <= components; i++) {
      frame.put((byte) i).put((byte) 0x11).put((byte) 0);
    }
    return segment(marker, frame.array());
  }

  static byte[] segment(int marker, byte... content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .array();
  }

  /** An Adobe segment: 0 for RGB and CMYK, 2 for YCCK. */
  static byte[] adobe(int transform) {
    byte[] content = "Adobe\0\144\0\0\0\0 ".getBytes(StandardCharsets.ISO_8859_1);
    content[content.length - 1] = (byte) transform;
    return segment(0xEE, content);
  }

  /** An EXIF segment whose entries all point to the same bytes. */
  static byte[] exifBomb() {
    int entries = 5_000;
    ByteBuffer exif = ByteBuffer.allocate(65_000);
    exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    exif.putShort((short) entries);
    for (int i = 0; i < entries; i++) {
      exif.putShort((short) (0x9000 + i)).putShort((short) 7).putInt(64_000).putInt(8);
    }
    return segment(0xE1, exif.array());
  }

  /** Puts segments behind the start of a file. */
  static byte[] with(byte[] file, byte[]... segments) {
    return joined(
        Arrays.copyOf(file, 2), joined(segments), Arrays.copyOfRange(file, 2, file.length));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A scan of all components. */
  static byte[] scan(int components, int from, int to, int approximation) {
    ByteBuffer scan = ByteBuffer.allocate(4 + 2 * components).put((byte) components);
    for (int i = 1; i <= components; i++) {
      scan.put((byte) i).put((byte) 0);
    }
    return segment(0xDA, scan.put((byte) from).put((byte) to).put((byte) approximation).array());
  }

  private static byte[] scanOf(int component, int from, int to, int approximation) {
    return segment(
        0xDA, (byte) 1, (byte) component, (byte) 0, (byte) from, (byte) to, (byte) approximation);
  }

  /** A table with one symbol, of one bit. */
  static byte[] huffman(int place, int symbol) {
    byte[] table = new byte[18];
    table[0] = (byte) place;
    table[1] = 1;
    table[17] = (byte) symbol;
    return segment(0xC4, table);
  }

  private static byte[] longestRuns(int blocks) {
    int runs = (blocks + 32_766) / 32_767;
    StringBuilder bits = new StringBuilder("0" + "1".repeat(14)).repeat("0" + "1".repeat(14), runs);
    bits.append("1".repeat(7));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at + 8 <= bits.length(); at += 8) {
      int value = Integer.parseInt(bits.substring(at, at + 8), 2);
      bytes.write(value);
      if (value == 0xFF) {
        bytes.write(0);
      }
    }
    return bytes.toByteArray();
  }
}
