package facesort.ingest.job;

import facesort.schemas.FailureCode;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import facesort.service.ObjectStoreException.Kind;
import facesort.service.StoredObject;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks up photos that the owner names by key. A photo that is missing or not the owner's is
 * settled by itself; a store that does not answer fails the request.
 */
public final class KeyedPhotos {

  private static final int AT_ONCE = 8;

  private final ObjectStore store;

  KeyedPhotos(ObjectStore store) {
    this.store = store;
  }

  /** Adds the photos to the list, in the order of the keys. */
  Mono<Void> addTo(PhotoList photos, String ownerId, List<String> keys) {
    return Flux.fromIterable(keys)
        .flatMapSequential(key -> lookUp(ownerId, key), AT_ONCE)
        .doOnNext(found -> found.addTo(photos))
        .then();
  }

  private Mono<Found> lookUp(String ownerId, String key) {
    if (!ObjectKeys.belongsTo(ownerId, key)) {
      return Mono.just(
          new Found(
              key,
              Optional.empty(),
              FailureCode.SOURCE_FORBIDDEN,
              "The key is not below owners/%s/: name a photo of this owner".formatted(ownerId)));
    }
    return store
        .head(key)
        .map(object -> new Found(key, Optional.of(object), FailureCode.UNKNOWN, ""))
        .onErrorResume(
            ObjectStoreException.class,
            error ->
                error.kind() == Kind.UNAVAILABLE
                    ? Mono.error(error)
                    : Mono.just(Found.not(key, error.kind())));
  }

  private record Found(
      String key, Optional<StoredObject> object, FailureCode code, String message) {

    static Found not(String key, Kind why) {
      var message =
          why == Kind.MISSING
              ? "There is no such object in the bucket: check the key"
              : "The object cannot be read";
      return new Found(key, Optional.empty(), why.code(), message);
    }

    void addTo(PhotoList photos) {
      object.ifPresentOrElse(
          it -> photos.addFound(key, it), () -> photos.addMissing(key, code, message));
    }
  }
}
