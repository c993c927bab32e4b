package facesort.inference.image;

import static facesort.inference.image.ImageHeader.corrupt;
import static facesort.inference.image.ImageHeader.cut;
import static facesort.inference.image.ImageHeader.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks a WebP file from chunk to chunk. Kept is the coded picture alone, of an animation the first
 * one, as the plain file it could have been: sizes are read where the decoder reads them, and the
 * canvas of an animation is never made.
 */
final class WebpFile {
  /** RIFF, a length, WEBP. */
  private static final int FILE_HEADER = 12;

  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int KEY_FRAME_START = 0x2A019D;
  private static final int LOSSLESS_SIGNATURE = 0x2F;
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final ByteBuffer bytes;
  private final PictureBytes picture;
  private ByteBuffer exif = ByteBuffer.allocate(0);
  private int width;
  private int height;

  private WebpFile(byte[] file) {
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.picture = new PictureBytes(file);
  }

  static ImageHeader header(byte[] file) throws RejectedPhoto {
    return new WebpFile(file).walk();
  }

  private ImageHeader walk() throws RejectedPhoto {
    boolean whole = Integer.toUnsignedLong(bytes.getInt(4)) + 8 <= bytes.limit();
    boolean extended = text(bytes, FILE_HEADER).equals("VP8X");
    int chunk = FILE_HEADER;
    do {
      long next = chunk + CHUNK_HEADER + paddedLength(chunk);
      see(text(bytes, chunk), chunk);
      if (next > bytes.limit()) {
        break;
      }
      chunk = (int) next;
    } while (extended && chunk + CHUNK_HEADER <= bytes.limit());
    if (width == 0 && whole) {
      throw corrupt("A WebP file without a picture");
    }
    boolean complete = whole && picture.length() > 0;
    return new ImageHeader("image/webp", width, height, 1, complete, exif, picture);
  }

  private void see(String type, int chunk) throws RejectedPhoto {
    boolean first = width == 0;
    if (type.equals("ANMF") && first) {
      seeFrame(chunk + CHUNK_HEADER);
    } else if ((type.equals("VP8 ") || type.equals("VP8L")) && first) {
      seePicture(type, chunk);
      checkCanvas();
    } else if (type.equals("EXIF") && !exif.hasRemaining()) {
      seeExif(chunk);
    }
  }

  /** The first frame of an animation: alpha first, if there is any. */
  private void seeFrame(int frame) throws RejectedPhoto {
    int inside = frame + FRAME_HEADER;
    if (text(bytes, inside).equals("ALPH")) {
      long behind = inside + CHUNK_HEADER + paddedLength(inside);
      inside = (int) Math.min(behind, bytes.limit());
    }
    seePicture(text(bytes, inside), inside);
    if (width != sideAt(frame + 6) || height != sideAt(frame + 9)) {
      throw corrupt("A WebP frame of another size than its picture");
    }
  }

  private void seePicture(String type, int chunk) throws RejectedPhoto {
    int data = chunk + CHUNK_HEADER;
    switch (type) {
      case "VP8 " -> {
        if ((bytes.get(data) & 1) != 0 || bytes.getInt(data + 2) >>> 8 != KEY_FRAME_START) {
          throw corrupt("A WebP picture without its start");
        }
        width = bytes.getShort(data + 6) & 0x3FFF;
        height = bytes.getShort(data + 8) & 0x3FFF;
      }
      case "VP8L" -> {
        int sides = bytes.getInt(data + 1);
        if (bytes.get(data) != LOSSLESS_SIGNATURE || sides >>> 29 != 0) {
          throw corrupt("A WebP picture without its start");
        }
        width = (sides & 0x3FFF) + 1;
        height = (sides >>> 14 & 0x3FFF) + 1;
      }
      case "" -> throw cut();
      default -> throw corrupt("A WebP frame without a picture");
    }
    long end = data + paddedLength(chunk);
    if (end <= bytes.limit()) {
      picture.leadWith(fileHeader((int) end - chunk));
      picture.keep(chunk, (int) end);
    }
  }

  private void checkCanvas() throws RejectedPhoto {
    if (text(bytes, FILE_HEADER).equals("VP8X")
        && (width != sideAt(FILE_HEADER + 12) || height != sideAt(FILE_HEADER + 15))) {
      throw corrupt("A WebP canvas of another size than its picture");
    }
  }

  private void seeExif(int chunk) {
    int data = chunk + CHUNK_HEADER;
    int length =
        (int) Math.min(Integer.toUnsignedLong(bytes.getInt(chunk + 4)), bytes.limit() - data);
    ByteBuffer block = bytes.slice(data, length);
    boolean prefixed =
        length >= EXIF_PREFIX.length
            && block.slice(0, EXIF_PREFIX.length).equals(ByteBuffer.wrap(EXIF_PREFIX));
    exif = prefixed ? block.slice(EXIF_PREFIX.length, length - EXIF_PREFIX.length) : block;
  }

  private long paddedLength(int chunk) {
    long length = Integer.toUnsignedLong(bytes.getInt(chunk + 4));
    return length + (length & 1);
  }

  private int sideAt(int at) {
    return (bytes.getInt(at - 1) >>> 8) + 1;
  }

  private static byte[] fileHeader(int chunkLength) {
    return ByteBuffer.allocate(FILE_HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(4 + chunkLength)
        .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }
}
