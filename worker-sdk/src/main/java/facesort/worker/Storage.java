package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import facesort.service.ObjectStoreException.Kind;
import java.time.Clock;
import reactor.core.publisher.Mono;

/** The bucket as a {@link Dependency}: the one place that counts calls to it. */
final class Storage {

  /** Need not exist: that it does not is an answer, too. */
  static final String NAME = "storage";

  private static final String PROBE = "owners";

  private final ObjectStore store;
  private final Dependency dependency;

  Storage(ObjectStore store, Clock clock) {
    this.store = store;
    this.dependency = new Dependency(NAME, clock, probe(store));
  }

  ObjectStore store() {
    return store;
  }

  Dependency dependency() {
    return dependency;
  }

  /**
   * Makes a call, once, and counts it.
   *
   * @return its answer; an {@link ObjectStoreException} of a kind that does not pass; or {@link
   *     DependencyFailed}
   */
  <T> Mono<T> call(Mono<T> request) {
    return request
        .doOnSuccess(answer -> dependency.succeeded())
        .doOnError(ObjectStoreException.class, this::count)
        .onErrorMap(Storage::mayPass, this::failed);
  }

  private void count(ObjectStoreException error) {
    if (error.kind().mayPass()) {
      dependency.failed();
    } else {
      dependency.succeeded();
    }
  }

  private DependencyFailed failed(Throwable error) {
    var forbidden = error instanceof ObjectStoreException e && e.kind() == Kind.FORBIDDEN;
    return forbidden
        ? new DependencyFailed(
            dependency.name(),
            FailureCode.SOURCE_FORBIDDEN,
            "The store refuses to give this photo",
            error)
        : new DependencyFailed(
            dependency.name(),
            FailureCode.STORAGE_ERROR,
            "The store cannot give this photo",
            error);
  }

  private static boolean mayPass(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind().mayPass();
  }

  private static Mono<Boolean> probe(ObjectStore store) {
    return store
        .head(PROBE)
        .thenReturn(true)
        .onErrorResume(
            ObjectStoreException.class, error -> Mono.just(error.kind() == Kind.MISSING));
  }
}
