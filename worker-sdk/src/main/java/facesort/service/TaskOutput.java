package facesort.service;

import reactor.core.publisher.Mono;

/**
 * Writes what a stage puts out for one task, below its prefix and nowhere else. Safe for use by
 * many threads.
 */
public final class TaskOutput {

  private final ObjectStore store;
  private final OutputPrefix prefix;

  /** Writes below this prefix. */
  public TaskOutput(ObjectStore store, OutputPrefix prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /**
   * Writes an object whole, as {@link ObjectStore#put} does: readers see all of it, or what was
   * there before.
   *
   * @param name name below the prefix
   * @return what was written; or IllegalArgumentException for a name that is refused; or {@link
   *     ObjectStoreException}
   */
  public Mono<StoredObject> put(String name, byte[] bytes, String mediaType) {
    return Mono.fromCallable(() -> prefix.key(name).value())
        .flatMap(key -> store.put(key, bytes, mediaType));
  }
}
