package facesort.ingest.photo;

import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart request, received whole. Its content is there until the next part is
 * asked for.
 *
 * @param name name of the form field
 * @param filename name of the file, null for a field that is no file
 * @param content its bytes
 * @param length how many bytes came, also those that were dropped
 * @param sha256 hash of all of them
 * @param head its first bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedPart(
    String name,
    @Nullable String filename,
    Content content,
    long length,
    String sha256,
    byte[] head) {

  /** True when the part was longer than what was to be kept. */
  public boolean isDropped() {
    return content instanceof Content.Dropped;
  }

  /**
   * All of a short part.
   *
   * @throws IOException when the temporary file cannot be read
   */
  public byte[] bytes() throws IOException {
    return switch (content) {
      case Content.InMemory memory -> memory.bytes();
      case Content.InFile file -> Files.readAllBytes(file.file());
      case Content.Dropped _ -> throw new IllegalStateException("the part was not kept");
    };
  }
}
