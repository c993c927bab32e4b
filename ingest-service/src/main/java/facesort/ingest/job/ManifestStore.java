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

  /**
   * The manifest of a job, empty when there is none; fails when it cannot be read or has a form
   * that this program does not know.
   */
  public Mono<Manifest> find(String ownerId, String jobId) {
    var key = ObjectKeys.manifest(ownerId, jobId);
    return store
        .get(key, MAX_BYTES)
        .map(bytes -> read(key, bytes))
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

  /** Looks at the version first: another form may have the same fields with other meanings. */
  private Manifest read(String key, byte[] bytes) {
    int version = json.readValue(bytes, Form.class).version();
    if (version != Manifest.VERSION) {
      throw new IllegalStateException(
          "%s has version %d, this ingest-service knows version %d: start the release that wrote it"
              .formatted(key, version, Manifest.VERSION));
    }
    return json.readValue(bytes, Manifest.class);
  }

  /**
   * What every version of a manifest has.
   *
   * @param version form of the object
   */
  record Form(int version) {}

  private static boolean isMissing(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind() == Kind.MISSING;
  }
}
