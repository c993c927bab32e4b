package facesort.inference.image;

import static facesort.inference.image.ImageHeader.corrupt;
import static facesort.inference.image.ImageHeader.cut;
import static facesort.inference.image.ImageHeader.text;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks a PNG file from chunk to chunk and keeps those that make the picture. So the frames of an
 * animation are never decoded (OpenCV 4.13's reader of them takes three times the memory, or the 4
 * GB that a chunk's length claims, and a damaged one ended the process), compressed texts and
 * profiles are never unpacked, and a decoder does not warn once a chunk.
 */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  private static final int HEADER_LENGTH = 13;
  private static final int LARGEST_PALETTE = 3 * 256;

  private final ByteBuffer bytes;
  private final PictureBytes picture;
  private ByteBuffer exif = ByteBuffer.allocate(0);
  private boolean hasPalette;
  private boolean hasTransparency;
  private boolean hasData;

  private PngFile(byte[] file) {
    this.bytes = ByteBuffer.wrap(file);
    this.picture = new PictureBytes(file);
  }

  static boolean begins(ByteBuffer bytes) {
    return bytes.limit() >= SIGNATURE.length
        && bytes.slice(0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
  }

  static ImageHeader header(byte[] file) throws RejectedPhoto {
    return new PngFile(file).walk();
  }

  private ImageHeader walk() throws RejectedPhoto {
    checkHeader();
    int chunk = SIGNATURE.length + FRAME + HEADER_LENGTH;
    picture.keep(0, chunk);
    while (chunk + FRAME <= bytes.limit()) {
      int length = bytes.getInt(chunk);
      if (length < 0) {
        throw corrupt("A PNG chunk of impossible length");
      }
      if (length > bytes.limit() - chunk - FRAME) {
        break;
      }
      String type = text(bytes, chunk + 4);
      if (type.equals("IEND")) {
        picture.keep(chunk, chunk + FRAME + length);
        return found(true);
      }
      see(type, chunk, length);
      chunk += FRAME + length;
    }
    return found(false);
  }

  private void see(String type, int chunk, int length) throws RejectedPhoto {
    boolean wanted =
        switch (type) {
          case "PLTE" -> !hasData && !hasPalette && length <= LARGEST_PALETTE;
          case "tRNS" -> !hasData && !hasTransparency && length <= LARGEST_PALETTE;
          case "IDAT" -> true;
          case "IHDR" -> throw corrupt("A PNG file with two headers");
          default -> false;
        };
    hasPalette |= type.equals("PLTE");
    hasTransparency |= type.equals("tRNS");
    hasData |= type.equals("IDAT");
    if (wanted) {
      picture.keep(chunk, chunk + FRAME + length);
    } else if (type.equals("eXIf") && !exif.hasRemaining()) {
      exif = bytes.slice(chunk + 8, length);
    }
  }

  private void checkHeader() throws RejectedPhoto {
    int chunk = SIGNATURE.length;
    if (bytes.limit() < chunk + FRAME + HEADER_LENGTH) {
      throw cut();
    }
    if (!text(bytes, chunk + 4).equals("IHDR") || bytes.getInt(chunk) != HEADER_LENGTH) {
      throw corrupt("A PNG file without IHDR");
    }
    int depth = bytes.get(chunk + 16);
    @Nullable String depths =
        switch (bytes.get(chunk + 17)) {
          case 0 -> "1 2 4 8 16";
          case 3 -> "1 2 4 8";
          case 2, 4, 6 -> "8 16";
          default -> null;
        };
    boolean known = bytes.get(chunk + 18) == 0 && bytes.get(chunk + 19) == 0;
    int interlace = bytes.get(chunk + 20);
    if (depths == null
        || !(" " + depths + " ").contains(" " + depth + " ")
        || !known
        || interlace < 0
        || interlace > 1) {
      throw corrupt("A PNG header that the format does not know");
    }
  }

  private ImageHeader found(boolean complete) throws RejectedPhoto {
    if (complete && !hasData) {
      throw corrupt("A PNG file without a picture");
    }
    int width = Math.max(0, bytes.getInt(16));
    int height = Math.max(0, bytes.getInt(20));
    return new ImageHeader("image/png", width, height, 1, complete, exif, picture);
  }
}
