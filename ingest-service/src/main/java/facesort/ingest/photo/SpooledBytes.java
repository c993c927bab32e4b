package facesort.ingest.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of one part while they come, hashed and counted on the way. For one thread. */
final class SpooledBytes {

  private final Spool spool;
  private final long maxBytes;
  private final MessageDigest sha256 = Sha256.digest();
  private byte[] head = new byte[0];
  private long length;
  private long reserved;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream toFile;

  SpooledBytes(Spool spool, long maxBytes) {
    this.spool = spool;
    this.maxBytes = maxBytes;
  }

  /** Takes the next bytes; what is beyond the limit is counted and hashed only. */
  void append(byte[] bytes) throws IOException {
    sha256.update(bytes);
    keepHead(bytes);
    length += bytes.length;
    if (length > maxBytes) {
      discard();
    } else {
      keep(bytes);
    }
  }

  /** The part when all its bytes came. */
  ReceivedPart finish(String name, @Nullable String filename) throws IOException {
    closeFile();
    return new ReceivedPart(name, filename, content(), length, Sha256.hex(sha256.digest()), head);
  }

  /** Gives memory and file back; may be called again. */
  void discard() throws IOException {
    spool.giveBack(reserved);
    reserved = 0;
    memory = new ByteArrayOutputStream();
    closeFile();
    if (file != null) {
      Files.deleteIfExists(file);
      file = null;
    }
  }

  private Content content() {
    if (length > maxBytes) {
      return new Content.Dropped();
    }
    return file == null ? new Content.InMemory(taken()) : new Content.InFile(file);
  }

  /** What is in memory; only the copy stays, so that the part takes no more than was counted. */
  private byte[] taken() {
    var bytes = memory.toByteArray();
    memory = new ByteArrayOutputStream();
    return bytes;
  }

  private void keep(byte[] bytes) throws IOException {
    if (toFile == null && spool.reserve(memory.size(), bytes.length)) {
      reserved += bytes.length;
      memory.writeBytes(bytes);
      return;
    }
    if (toFile == null) {
      toFile = moveToFile();
    }
    toFile.write(bytes);
  }

  private OutputStream moveToFile() throws IOException {
    var created = spool.newFile();
    file = created;
    var out = Files.newOutputStream(created);
    memory.writeTo(out);
    memory = new ByteArrayOutputStream();
    spool.giveBack(reserved);
    reserved = 0;
    return out;
  }

  private void keepHead(byte[] bytes) {
    int missing = Math.min(PhotoType.HEAD_BYTES - head.length, bytes.length);
    if (missing > 0) {
      int from = head.length;
      head = Arrays.copyOf(head, from + missing);
      System.arraycopy(bytes, 0, head, from, missing);
    }
  }

  private void closeFile() throws IOException {
    if (toFile != null) {
      toFile.close();
      toFile = null;
    }
  }
}
