package facesort.inference.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PNG files of one colour made byte by byte, well-formed or with what is asked for. */
final class MadePng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** Where a pass of the interlaced order begins and how far it steps: x, y, step x, step y. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  private MadePng() {}

  /**
   * A file.
   *
   * @param pixel its bytes, the same for all
   * @param extra chunks between the header and the picture
   */
  static byte[] of(Header header, byte[] pixel, byte[]... extra) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    file.writeBytes(header.chunk());
    for (byte[] chunk : extra) {
      file.writeBytes(chunk);
    }
    file.writeBytes(chunk("IDAT", data(header, pixel)));
    file.writeBytes(chunk("IEND"));
    return file.toByteArray();
  }

  /** The header chunk of a file. */
  record Header(int width, int height, int depth, int type, int interlace) {
    byte[] chunk() {
      return MadePng.chunk(
          "IHDR",
          ByteBuffer.allocate(13)
              .putInt(width)
              .putInt(height)
              .put((byte) depth)
              .put((byte) type)
              .putShort((short) 0)
              .put((byte) interlace)
              .array());
    }
  }

  static byte[] chunk(String type, byte... data) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(name)
        .put(data)
        .putInt((int) sum.getValue())
        .array();
  }

  /** A chunk whose compressed content is this many megabytes of nothing. */
  static byte[] bomb(String type, int megabytes) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(
        (type.equals("iTXt") ? "x\0\1\0\0\0" : "x\0\0").getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(deflated(megabytes << 20, new byte[1 << 20]));
    return chunk(type, data.toByteArray());
  }

  private static byte[] data(Header header, byte[] pixel) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows = packing(packed)) {
      for (int[] pass : header.interlace() == 1 ? PASSES : WHOLE) {
        int columns = Math.max(0, header.width() - pass[0] + pass[2] - 1) / pass[2];
        byte[] row = row(columns, header, pixel);
        for (int y = pass[1]; columns > 0 && y < header.height(); y += pass[3]) {
          rows.write(row);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  /** A row without a filter; pixels of less than a byte are all bits of it. */
  private static byte[] row(int columns, Header header, byte[] pixel) {
    int bytes = header.depth() < 8 ? (columns * header.depth() + 7) / 8 : columns * pixel.length;
    byte[] row = new byte[1 + bytes];
    for (int i = 0; i < bytes; i++) {
      row[1 + i] = pixel[i % pixel.length];
    }
    return row;
  }

  private static byte[] deflated(long length, byte[] piece) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = packing(packed)) {
      for (long done = 0; done < length; done += piece.length) {
        out.write(piece);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }

  private static DeflaterOutputStream packing(ByteArrayOutputStream to) {
    return new DeflaterOutputStream(to, new Deflater(Deflater.BEST_SPEED), 1 << 16);
  }
}
