package facesort.inference.source;

import facesort.schemas.ObjectRef;

/** A photo as it lies in the bucket. */
public final class SourcePhoto {
  private final ObjectRef ref;
  private final byte[] bytes;

  SourcePhoto(ObjectRef ref, byte[] bytes) {
    this.ref = ref;
    this.bytes = bytes;
  }

  /** Returns where it lies, with the etag and the length that were read. */
  public ObjectRef ref() {
    return ref;
  }

  /** Returns its content; not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
