package facesort.inference.image;

import static facesort.inference.image.ImageHeader.corrupt;
import static facesort.inference.image.ImageHeader.cut;

import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks a JPEG file from marker to marker and keeps what makes the picture: tables, the frame, its
 * scans, and the two application segments that say how colours are meant. Decoders fill what a cut
 * file lacks with grey and only warn, so the end is looked for here; an end inside an embedded
 * thumbnail does not count, and what follows the end (a second picture, a film) is not the photo.
 */
final class JpegFile {
  /** The one marker outside a scan that no length follows. */
  private static final int TEMPORARY = 0x01;

  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int QUANTISATION_TABLES = 0xDB;
  private static final int LINES = 0xDC;
  private static final int RESTART_INTERVAL = 0xDD;
  private static final int JFIF = 0xE0;
  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;
  private static final int LAST_APPLICATION = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private final ByteBuffer bytes;
  private final PictureBytes picture;
  private ByteBuffer exif = ByteBuffer.allocate(0);
  private int at = 2;
  private int frame;
  private int scans;

  private JpegFile(byte[] file) {
    this.bytes = ByteBuffer.wrap(file);
    this.picture = new PictureBytes(file);
  }

  static ImageHeader header(byte[] file) throws RejectedPhoto {
    return new JpegFile(file).walk();
  }

  private ImageHeader walk() throws RejectedPhoto {
    picture.keep(0, 2);
    boolean complete = false;
    while (!complete && at + 1 < bytes.limit()) {
      int marker = nextMarker();
      complete = marker == END;
      if (complete) {
        picture.keep(at - 2, at);
      } else {
        see(marker);
      }
    }
    if (frame == 0 && !complete) {
      throw cut();
    }
    if (complete && scans == 0) {
      throw corrupt("A JPEG file without a picture");
    }
    int height = Short.toUnsignedInt(bytes.getShort(frame + 3));
    int width = Short.toUnsignedInt(bytes.getShort(frame + 5));
    return new ImageHeader("image/jpeg", width, height, scans, complete, exif, picture);
  }

  /** Leaves the position behind the segment, and behind the compressed data that follows it. */
  private void see(int marker) throws RejectedPhoto {
    int segment = at;
    int length = Short.toUnsignedInt(bytes.getShort(segment));
    if (length < 2) {
      throw corrupt("A JPEG segment of impossible length");
    }
    at += length;
    switch (marker) {
      case HUFFMAN_TABLES, QUANTISATION_TABLES, RESTART_INTERVAL, JFIF, ADOBE -> {}
      case SCAN -> seeScan();
      default -> {
        if (startsFrame(marker)) {
          seeFrame(marker, segment);
        } else {
          pass(marker, segment, length);
          return;
        }
      }
    }
    picture.keep(segment - 2, at);
  }

  private void seeScan() throws RejectedPhoto {
    if (frame == 0) {
      throw corrupt("A JPEG scan before its frame");
    }
    scans++;
    skipScan();
  }

  private void seeFrame(int marker, int segment) throws RejectedPhoto {
    if (frame != 0) {
      throw corrupt("A JPEG file with two frames");
    }
    frame = segment;
    int bits = bytes.get(segment + 2);
    int components = bytes.get(segment + 7);
    boolean baselineOrProgressive = marker <= 0xC2;
    boolean coloured = components == 1 || components == 3 || components == 4;
    if (!baselineOrProgressive || bits != 8 || !coloured) {
      throw new RejectedPhoto(
          FailureCode.UNSUPPORTED_TYPE,
          "A JPEG of a kind that is not supported (%d bits, %d components, frame %X):"
                  .formatted(bits, components, marker)
              + " export it as an ordinary JPEG");
    }
  }

  /** Passes over a segment that is not needed; markers nobody defined mean damage. */
  private void pass(int marker, int segment, int length) throws RejectedPhoto {
    boolean known =
        marker == LINES || marker == COMMENT || (marker >= JFIF && marker <= LAST_APPLICATION);
    if (!known || marker == START) {
      throw corrupt("A JPEG marker in the wrong place");
    }
    if (marker == EXIF && !exif.hasRemaining() && at <= bytes.limit()) {
      int prefix = EXIF_PREFIX.length;
      ByteBuffer content = bytes.slice(segment + 2, length - 2);
      if (length - 2 > prefix && content.slice(0, prefix).equals(ByteBuffer.wrap(EXIF_PREFIX))) {
        exif = content.slice(prefix, length - 2 - prefix);
      }
    }
  }

  /**
   * Returns the next marker of a segment and leaves the position after it. Bytes that belong to no
   * segment are passed over, as decoders do.
   */
  private int nextMarker() {
    int marker;
    do {
      while (byteAt(at) != 0xFF) {
        at++;
      }
      while (byteAt(at) == 0xFF) {
        at++;
      }
      marker = byteAt(at++);
    } while (isStuffedOrRestart(marker) || marker == TEMPORARY);
    return marker;
  }

  /** Moves to the first marker after the compressed data, or to the end of the file. */
  private void skipScan() {
    while (at + 1 < bytes.limit()) {
      int next = byteAt(at) == 0xFF ? byteAt(at + 1) : 0;
      if (!isStuffedOrRestart(next)) {
        return;
      }
      at++;
    }
  }

  private static boolean isStuffedOrRestart(int afterFf) {
    return afterFf == 0 || (afterFf >= 0xD0 && afterFf <= 0xD7);
  }

  private static boolean startsFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private int byteAt(int position) {
    return bytes.get(position) & 0xFF;
  }
}
