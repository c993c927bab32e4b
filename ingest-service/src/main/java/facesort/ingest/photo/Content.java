package facesort.ingest.photo;

import java.nio.file.Path;

/** Where the bytes of a received part are. */
public sealed interface Content {

  /**
   * A small part.
   *
   * @param bytes all of it; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(byte[] bytes) implements Content {}

  /**
   * A larger part.
   *
   * @param file a temporary file, gone when the next part is read
   */
  record InFile(Path file) implements Content {}

  /** More than was asked for: read to its end, but not kept. */
  record Dropped() implements Content {}
}
