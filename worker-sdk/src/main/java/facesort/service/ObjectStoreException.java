package facesort.service;

import facesort.schemas.FailureCode;
import org.jspecify.annotations.Nullable;

/** A call to the object store that did not do what was asked. */
public final class ObjectStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is; {@link #UNAVAILABLE} alone can pass by itself. */
  public enum Kind {
    /** No such object. */
    MISSING(FailureCode.SOURCE_MISSING),
    /** The object is another than the one that was named. */
    CHANGED(FailureCode.SOURCE_CHANGED),
    /** More bytes than the caller takes. */
    TOO_LARGE(FailureCode.TOO_MANY_BYTES),
    /** The store refuses this caller. */
    FORBIDDEN(FailureCode.SOURCE_FORBIDDEN),
    /** The store does not answer, or answers that it cannot now. */
    UNAVAILABLE(FailureCode.STORAGE_ERROR);

    private final FailureCode code;

    Kind(FailureCode code) {
      this.code = code;
    }

    /** The failure code of this kind. */
    public FailureCode code() {
      return code;
    }
  }

  private final Kind kind;

  ObjectStoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The kind of trouble. */
  public Kind kind() {
    return kind;
  }
}
