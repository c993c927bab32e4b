package facesort.inference.image;

import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;

/**
 * Walks a JPEG file from marker to marker. Decoders fill what a cut file lacks with grey and only
 * warn, so the end is looked for here; an end inside an embedded thumbnail does not count.
 */
final class JpegFile {
  /** The one marker outside a scan that no length follows. */
  private static final int TEMPORARY = 0x01;

  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;

  private final ByteBuffer bytes;
  private int at = 2;

  private JpegFile(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static ImageHeader header(ByteBuffer bytes) throws RejectedPhoto {
    return new JpegFile(bytes).walk();
  }

  private ImageHeader walk() throws RejectedPhoto {
    int frame = 0;
    while (at + 1 < bytes.limit()) {
      int marker = nextMarker();
      if (marker == END) {
        return headerAt(frame, true);
      }
      int segment = at;
      at += Short.toUnsignedInt(bytes.getShort(segment));
      if (startsFrame(marker) && frame == 0) {
        frame = segment;
      } else if (marker == SCAN) {
        skipScan();
      }
    }
    if (frame == 0) {
      throw new RejectedPhoto(FailureCode.TRUNCATED_IMAGE, "The file ends inside its header");
    }
    return headerAt(frame, false);
  }

  private ImageHeader headerAt(int frame, boolean complete) throws RejectedPhoto {
    if (frame == 0) {
      throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "A JPEG file without a picture");
    }
    return new ImageHeader(
        "image/jpeg",
        Short.toUnsignedInt(bytes.getShort(frame + 5)),
        Short.toUnsignedInt(bytes.getShort(frame + 3)),
        complete);
  }

  /**
   * Returns the next marker of a segment and leaves the position after it. Bytes that belong to no
   * segment are passed over, as decoders do; whether the picture is good is theirs to say.
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
