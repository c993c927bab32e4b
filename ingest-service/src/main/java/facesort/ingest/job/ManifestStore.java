package facesort.ingest.job;

import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import facesort.service.ObjectStoreException.Kind;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The manifests in the bucket: written once, never changed. */
public final class ManifestStore {

  private static final long MAX_BYTES = 256L * 1024 * 1024;

  private final ObjectStore store;
  private final JsonMapper json = JsonMapper.builder().build();

  /** Over the bucket. */
  public ManifestStore(ObjectStore store) {
    this.store = store;
  }

  /** The manifest of a job, empty when there is none. */
  public Mono<Manifest> find(String ownerId, String jobId) {
    return store
        .get(ObjectKeys.manifest(ownerId, jobId), MAX_BYTES)
        .map(bytes -> json.readValue(bytes, Manifest.class))
        .onErrorResume(ManifestStore::isMissing, missing -> Mono.empty());
  }

  /** Writes the manifest unless the job has one; true when this one is now the job's. */
  Mono<Boolean> claim(Manifest manifest) {
    return Mono.fromCallable(() -> json.writeValueAsBytes(manifest))
        .flatMap(bytes ->
            store.putIfAbsent(
                ObjectKeys.manifest(manifest.ownerId(), manifest.jobId()),
                bytes,
                "application/json"));
  }

  private static boolean isMissing(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind() == Kind.MISSING;
  }
}
