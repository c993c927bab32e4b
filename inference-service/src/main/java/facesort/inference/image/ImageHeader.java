package facesort.inference.image;

import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What an image file says about itself, read without decoding it.
 *
 * @param mediaType what the bytes are
 * @param width stored columns
 * @param height stored rows
 * @param complete whether the file has its end
 */
record ImageHeader(String mediaType, int width, int height, boolean complete) {
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final String WEBP = "image/webp";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /**
   * Reads the header of a JPEG, PNG or WebP file.
   *
   * @throws RejectedPhoto if it is of another type, or broken before its size is known
   */
  static ImageHeader read(byte[] file) throws RejectedPhoto {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      if (file.length >= 3 && (bytes.getInt(0) >>> 8) == 0xFFD8FF) {
        return JpegFile.header(bytes);
      }
      if (file.length >= PNG.length && bytes.slice(0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
        return png(bytes);
      }
      if (text(bytes, 0).equals("RIFF") && text(bytes, 8).equals("WEBP")) {
        return webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
      }
      if (text(bytes, 4).equals("ftyp") && HEIC_BRANDS.contains(text(bytes, 8))) {
        throw new RejectedPhoto(
            FailureCode.UNSUPPORTED_HEIC, "HEIC photos are not supported: convert it to JPEG");
      }
    } catch (IndexOutOfBoundsException e) {
      throw new RejectedPhoto(FailureCode.TRUNCATED_IMAGE, "The file ends inside its header");
    }
    throw new RejectedPhoto(FailureCode.UNSUPPORTED_TYPE, "Not a JPEG, PNG or WebP file");
  }

  private static ImageHeader png(ByteBuffer bytes) throws RejectedPhoto {
    if (!text(bytes, 12).equals("IHDR")) {
      throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "A PNG file without IHDR");
    }
    return new ImageHeader("image/png", bytes.getInt(16), bytes.getInt(20), pngHasEnd(bytes));
  }

  private static boolean pngHasEnd(ByteBuffer bytes) {
    long chunk = PNG.length;
    while (chunk + 12 <= bytes.limit()) {
      if (text(bytes, (int) chunk + 4).equals("IEND")) {
        return true;
      }
      chunk += 12 + Integer.toUnsignedLong(bytes.getInt((int) chunk));
    }
    return false;
  }

  private static ImageHeader webp(ByteBuffer bytes) throws RejectedPhoto {
    boolean complete = Integer.toUnsignedLong(bytes.getInt(4)) + 8 <= bytes.limit();
    return switch (text(bytes, 12)) {
      case "VP8 " ->
          new ImageHeader(WEBP, bytes.getShort(26) & 0x3FFF, bytes.getShort(28) & 0x3FFF, complete);
      case "VP8L" -> {
        int sides = bytes.getInt(21);
        yield new ImageHeader(WEBP, (sides & 0x3FFF) + 1, (sides >>> 14 & 0x3FFF) + 1, complete);
      }
      case "VP8X" ->
          new ImageHeader(
              WEBP, (bytes.getInt(24) & 0xFFFFFF) + 1, (bytes.getInt(26) >>> 8) + 1, complete);
      default ->
          throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "A WebP file without a picture");
    };
  }

  private static String text(ByteBuffer bytes, int at) {
    if (at + 4 > bytes.limit()) {
      return "";
    }
    byte[] letters = new byte[4];
    bytes.get(at, letters);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }
}
