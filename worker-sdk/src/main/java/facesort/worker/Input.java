package facesort.worker;

import facesort.schemas.ObjectRef;

/** An object as it was read from the bucket. */
public final class Input {
  private final ObjectRef ref;
  private final byte[] bytes;

  Input(ObjectRef ref, byte[] bytes) {
    this.ref = ref;
    this.bytes = bytes;
  }

  /** Where it lies, with the etag and the length that were read. */
  public ObjectRef ref() {
    return ref;
  }

  /** Its content; not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
