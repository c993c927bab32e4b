package facesort.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the one thing we need of an EXIF block. A full reader follows every offset of the block:
 * sixty kilobytes of entries that all point to the same bytes become hundreds of megabytes.
 */
final class ExifBlock {
  private static final int ORIENTATION = 0x0112;
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private ExifBlock() {}

  /** Returns the orientation of the main picture, 1 to 8; 1 if the block does not say. */
  static int orientation(ByteBuffer block) {
    try {
      int value = value(block.duplicate());
      return value >= 1 && value <= 8 ? value : 1;
    } catch (IndexOutOfBoundsException e) {
      // A broken EXIF block costs the orientation, never the photo.
      return 1;
    }
  }

  private static int value(ByteBuffer block) {
    if (!block.hasRemaining()) {
      return 1;
    }
    block.order(block.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = block.getInt(4);
    int entries = Short.toUnsignedInt(block.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if (Short.toUnsignedInt(block.getShort(entry)) == ORIENTATION) {
        return switch (block.getShort(entry + 2)) {
          case SHORT -> block.getShort(entry + 8);
          case LONG -> block.getInt(entry + 8);
          default -> 1;
        };
      }
    }
    return 1;
  }
}
