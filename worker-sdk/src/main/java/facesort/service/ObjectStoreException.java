package facesort.service;

import facesort.schemas.FailureCode;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A call to the object store that did not do what was asked. */
public final class ObjectStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
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

    /**
     * True when a later try of the same call may succeed. Wrong rights may pass like an outage:
     * they hit every object at once and are put right.
     */
    public boolean mayPass() {
      return switch (this) {
        case UNAVAILABLE, FORBIDDEN -> true;
        case MISSING, CHANGED, TOO_LARGE -> false;
      };
    }

    /** The failure code of this kind. */
    public FailureCode code() {
      return code;
    }
  }

  private final Kind kind;

  private ObjectStoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The kind of trouble. */
  public Kind kind() {
    return kind;
  }

  /**
   * What an error of the object store's client means.
   *
   * @param verb what was tried, such as "read"
   * @param key key or prefix it was tried with
   */
  public static ObjectStoreException of(String verb, String key, Throwable error) {
    var cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof ObjectStoreException known) {
      return known;
    }
    for (var inner = cause; inner != null; inner = inner.getCause()) {
      if (inner instanceof CappedBytes.TooManyBytes) {
        return new ObjectStoreException(
            Kind.TOO_LARGE, "cannot " + verb + " " + key + ": " + inner.getMessage(), cause);
      }
    }
    var status = cause instanceof S3Exception s3Error ? s3Error.statusCode() : 0;
    var kind =
        switch (status) {
          case 404 -> Kind.MISSING;
          case 409, 412 -> Kind.CHANGED;
          case 401, 403 -> Kind.FORBIDDEN;
          default -> Kind.UNAVAILABLE;
        };
    var why = cause instanceof SdkException ? cause.getMessage() : cause.toString();
    return new ObjectStoreException(kind, "cannot %s %s: %s".formatted(verb, key, why), cause);
  }
}
