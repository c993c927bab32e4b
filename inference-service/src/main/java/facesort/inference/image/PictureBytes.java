package facesort.inference.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;

/**
 * Those bytes of a file that make its picture, in their order. Nothing else reaches a decoder: no
 * metadata, no comments, no further frames, nothing behind the end.
 */
final class PictureBytes {
  private final byte[] file;
  private byte[] lead = {};

  /** Begin and end of each part, one after the other. */
  private int[] bounds = new int[16];

  private int used;

  PictureBytes(byte[] file) {
    this.file = file;
  }

  /** Puts bytes that are not in the file before all others. */
  void leadWith(byte[] made) {
    lead = made.clone();
  }

  /** Adds a part that lies behind the last one. */
  void keep(int from, int to) {
    if (used > 0 && bounds[used - 1] == from) {
      bounds[used - 1] = to;
      return;
    }
    if (used == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * used);
    }
    bounds[used++] = from;
    bounds[used++] = to;
  }

  /** Returns the number of bytes kept. */
  int length() {
    int length = lead.length;
    for (int i = 0; i < used; i += 2) {
      length += bounds[i + 1] - bounds[i];
    }
    return length;
  }

  /** Returns a copy for a decoder, to be closed by the caller. */
  BytePointer copy() {
    BytePointer copy = new BytePointer(length());
    ByteBuffer to = copy.asByteBuffer().put(lead);
    for (int i = 0; i < used; i += 2) {
      to.put(file, bounds[i], bounds[i + 1] - bounds[i]);
    }
    return copy;
  }
}
