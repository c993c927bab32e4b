package facesort.inference.source;

import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import facesort.service.ObjectStoreException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Reads photos from the owner's part of the bucket. Any number of threads may use it.
 *
 * <p>A read that fails is tried up to three times, a second apart. What it means then depends on
 * the store: if it answers other calls, this object alone is bad and is rejected; if not, the store
 * is down.
 */
public final class PhotoSource {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** Need not exist: that it does not is an answer, too. */
  private static final String PROBE = "owners";

  private final ObjectStore store;

  /** Reads from this bucket. */
  public PhotoSource(ObjectStore store) {
    this.store = store;
  }

  /**
   * Reads a photo whole.
   *
   * @return the photo; or {@link RejectedPhoto} when it is missing, another than named, too large,
   *     not the owner's, or cannot be read while others can, with the number of tries; or {@link
   *     StorageDown}
   */
  public Mono<SourcePhoto> read(String ownerId, ObjectRef ref) {
    if (!ref.getBucket().equals(store.bucket())) {
      return Mono.error(
          new RejectedPhoto(FailureCode.SOURCE_FORBIDDEN, "The photo is in another bucket"));
    }
    if (!ObjectKeys.belongsTo(ownerId, ref.getKey())) {
      return Mono.error(
          new RejectedPhoto(FailureCode.SOURCE_FORBIDDEN, "The photo is not in the owner's part"));
    }
    return Mono.defer(() -> readAgain(ref, new AtomicInteger()));
  }

  /**
   * Tries twice, and after a failure that may pass asks whether the store answers at all. When it
   * does, it may have come back just now: only a third try, made after that, convicts the photo.
   */
  private Mono<SourcePhoto> readAgain(ObjectRef ref, AtomicInteger attempts) {
    return readOnce(ref, attempts)
        .retryWhen(
            Retry.fixedDelay(1, BETWEEN)
                .filter(PhotoSource::mayPass)
                .onRetryExhaustedThrow((retry, signal) -> signal.failure()))
        .onErrorResume(
            PhotoSource::mayPass,
            error -> onlyIfUp(error, readOnce(ref, attempts).delaySubscription(BETWEEN)))
        .onErrorResume(ObjectStoreException.class, error -> judged(error, attempts.get()));
  }

  private Mono<SourcePhoto> readOnce(ObjectRef ref, AtomicInteger attempts) {
    return Mono.defer(() -> {
      attempts.incrementAndGet();
      return withEtag(ref)
          .flatMap(
              exact -> store.get(exact, PhotoDecoder.MAX_BYTES).map(bytes -> photo(exact, bytes)));
    });
  }

  private Mono<ObjectRef> withEtag(ObjectRef ref) {
    return ref.getEtag() != null
        ? Mono.just(ref)
        : store
            .head(ref.getKey())
            .map(found ->
                new ObjectRef(ref.getBucket(), ref.getKey(), found.etag(), found.length()));
  }

  private static SourcePhoto photo(ObjectRef ref, byte[] bytes) {
    return new SourcePhoto(
        new ObjectRef(ref.getBucket(), ref.getKey(), ref.getEtag(), (long) bytes.length), bytes);
  }

  private Mono<SourcePhoto> judged(ObjectStoreException error, int attempts) {
    RejectedPhoto rejected = new RejectedPhoto(error.kind().code(), message(error), attempts);
    return mayPass(error) ? onlyIfUp(error, Mono.error(rejected)) : Mono.error(rejected);
  }

  private Mono<SourcePhoto> onlyIfUp(Throwable error, Mono<SourcePhoto> then) {
    return answers().flatMap(up -> up ? then : Mono.error(new StorageDown(error)));
  }

  private static boolean mayPass(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind().mayPass();
  }

  private Mono<Boolean> answers() {
    return store
        .head(PROBE)
        .thenReturn(true)
        .onErrorResume(
            ObjectStoreException.class, error -> Mono.just(error.kind() == Kind.MISSING));
  }

  private static String message(ObjectStoreException error) {
    return switch (error.kind()) {
      case MISSING -> "There is no such photo in the bucket";
      case CHANGED -> "The photo in the bucket is not the one that was submitted";
      case TOO_LARGE -> "The photo has more than " + PhotoDecoder.MAX_BYTES + " bytes";
      case FORBIDDEN -> "The store refuses to give this photo";
      case UNAVAILABLE -> "The store cannot give this photo";
    };
  }
}
