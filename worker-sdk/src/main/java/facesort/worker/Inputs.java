package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStoreException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Reads what tasks name, from their owner's part of the bucket only. Any thread may use it. */
final class Inputs {

  /** Well below any deadline: a slow store is the store's failure and not the task's. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Storage storage;
  private final long maxBytes;

  /**
   * Reads from this bucket.
   *
   * @param maxBytes longest object that is read
   */
  Inputs(Storage storage, long maxBytes) {
    this.storage = storage;
    this.maxBytes = maxBytes;
  }

  /**
   * Reads an object whole, in one try. Without an etag in the reference it is what the key has now,
   * and stays that while it is read.
   *
   * @return the object; {@link RejectedTask} when it is missing, another than named, too large, or
   *     not the owner's; {@link DependencyFailed} when it could not be read this time
   */
  Mono<Input> read(String ownerId, ObjectRef ref) {
    if (!ref.getBucket().equals(storage.store().bucket())) {
      return rejected(FailureCode.SOURCE_FORBIDDEN, "The photo is in another bucket");
    }
    if (!ObjectKeys.belongsTo(ownerId, ref.getKey())) {
      return rejected(FailureCode.SOURCE_FORBIDDEN, "The photo is not in the owner's part");
    }
    return withEtag(ref)
        .flatMap(this::readExactly)
        .onErrorResume(
            ObjectStoreException.class, error -> rejected(error.kind().code(), why(error.kind())));
  }

  private Mono<ObjectRef> withEtag(ObjectRef ref) {
    return ref.getEtag() != null
        ? Mono.just(ref)
        : storage
            .call(storage.store().head(ref.getKey()))
            .map(found ->
                new ObjectRef(ref.getBucket(), ref.getKey(), found.etag(), found.length()));
  }

  private Mono<Input> readExactly(ObjectRef ref) {
    return storage
        .call(storage.store().get(ref, maxBytes))
        .timeout(LONGEST)
        .onErrorMap(TimeoutException.class, Inputs::tooSlow)
        .map(bytes ->
            new Input(
                new ObjectRef(ref.getBucket(), ref.getKey(), ref.getEtag(), (long) bytes.length),
                bytes));
  }

  private static DependencyFailed tooSlow(Throwable cause) {
    return new DependencyFailed(
        Storage.NAME,
        FailureCode.STORAGE_ERROR,
        "The store did not give this photo within " + LONGEST,
        cause);
  }

  private static <T> Mono<T> rejected(FailureCode code, String why) {
    return Mono.error(() -> new RejectedTask(code, why));
  }

  private String why(ObjectStoreException.Kind kind) {
    return switch (kind) {
      case MISSING -> "There is no such photo in the bucket";
      case CHANGED -> "The photo in the bucket is not the one that was submitted";
      case TOO_LARGE -> "The photo has more than " + maxBytes + " bytes";
      case FORBIDDEN -> "The store refuses to give this photo";
      case UNAVAILABLE -> "The store cannot give this photo";
    };
  }
}
