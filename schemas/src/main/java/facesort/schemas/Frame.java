package facesort.schemas;

import facesort.schemas.UndecodableException.Reason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The five bytes in front of every value, and where the value starts.
 *
 * @param topic for messages
 * @param id the writer's schema
 * @param bytes all of them; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is never compared
record Frame(String topic, int id, byte[] bytes) {

  static final byte MAGIC = 0;
  static final int LENGTH = 1 + Integer.BYTES;

  static Frame of(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new UndecodableException(topic, Reason.NO_VALUE, "null");
    }
    if (bytes.length < LENGTH) {
      throw new UndecodableException(topic, Reason.TOO_SHORT, bytes.length + " bytes");
    }
    if (bytes.length > Topics.MAX_RECORD_BYTES) {
      throw new UndecodableException(topic, Reason.TOO_LONG, bytes.length + " bytes");
    }
    if (bytes[0] != MAGIC) {
      throw new UndecodableException(topic, Reason.WRONG_MAGIC, bytes.length + " bytes");
    }
    return new Frame(topic, ByteBuffer.wrap(bytes).getInt(1), bytes);
  }

  static byte[] header(int id) {
    return ByteBuffer.allocate(LENGTH).put(MAGIC).putInt(id).array();
  }
}
