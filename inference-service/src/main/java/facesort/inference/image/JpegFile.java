package facesort.inference.image;

import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;

/**
 * Walks a JPEG file from marker to marker. Decoders fill what a cut file lacks with grey and only
 * warn, so the end is looked for here; an end inside an embedded thumbnail does not count.
 */
final class JpegFile {
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

  /** Returns the next marker that is not a fill byte and leaves the position after it. */
  private int nextMarker() throws RejectedPhoto {
    if (byteAt(at) != 0xFF) {
      throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "No JPEG marker where one must be");
    }
    while (byteAt(at) == 0xFF) {
      at++;
    }
    return byteAt(at++);
  }

  /** Moves to the first marker after the compressed data, or to the end of the file. */
  private void skipScan() {
    while (at + 1 < bytes.limit()) {
      int next = byteAt(at) == 0xFF ? byteAt(at + 1) : 0;
      boolean stuffedOrRestart = next == 0 || (next >= 0xD0 && next <= 0xD7);
      if (!stuffedOrRestart) {
        return;
      }
      at++;
    }
  }

  private static boolean startsFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private int byteAt(int position) {
    return bytes.get(position) & 0xFF;
  }
}
