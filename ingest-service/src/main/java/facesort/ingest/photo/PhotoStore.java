package facesort.ingest.photo;

import facesort.ingest.storage.IngestBucket;
import facesort.service.ObjectStore;
import facesort.service.StoredObject;
import reactor.core.publisher.Mono;

/** Puts received photos into the bucket. */
public final class PhotoStore {

  private final ObjectStore store;
  private final IngestBucket bucket;

  /** Over the bucket. */
  public PhotoStore(ObjectStore store, IngestBucket bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  /** Writes the part whole under the key. */
  public Mono<StoredObject> put(String key, ReceivedPart part) {
    var mediaType = PhotoType.of(part.head()).mediaType();
    return switch (part.content()) {
      case Content.InMemory memory -> store.put(key, memory.bytes(), mediaType);
      case Content.InFile file -> bucket.put(key, file.file(), part.length(), mediaType);
      case Content.Dropped _ ->
          Mono.error(new IllegalStateException("a photo that was not kept cannot be stored"));
    };
  }
}
