package facesort.ingest.storage;

import facesort.schemas.EventIds;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import facesort.service.StoredObject;
import java.nio.file.Path;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Calls that ingest alone makes: photos from files, and what was submitted by all owners. Errors
 * are those of the client; every call ends within its time limit.
 */
public final class IngestBucket {

  private static final Duration TRANSFER = Duration.ofMinutes(2);
  private static final Duration CHECK = Duration.ofSeconds(3);
  private static final String OWNERS = "owners/";
  private static final String MANIFEST = ".json";

  private final S3AsyncClient s3;
  private final String bucket;

  /** Over the bucket of the installation. */
  public IngestBucket(S3AsyncClient s3, ObjectStore store) {
    this.s3 = s3;
    this.bucket = store.bucket();
  }

  /** Writes a file without having it in memory. */
  public Mono<StoredObject> put(String key, Path file, long length, String mediaType) {
    return Mono.fromFuture(() ->
            s3.putObject(
                request -> request.bucket(bucket).key(key).contentType(mediaType),
                AsyncRequestBody.fromFile(file)))
        .timeout(TRANSFER)
        .onErrorMap(error -> ObjectStoreException.of("write", key, error))
        .map(response -> new StoredObject(key, response.eTag().replace("\"", ""), length));
  }

  /** Whether the bucket answers. */
  public Mono<Void> check() {
    return Mono.fromFuture(() -> s3.headBucket(request -> request.bucket(bucket)))
        .timeout(CHECK)
        .onErrorMap(error -> ObjectStoreException.of("look up", bucket, error))
        .then();
  }

  /** All submissions that the bucket remembers, owner by owner. */
  public Flux<Submission> submissions() {
    return owners().concatMap(this::submissionsOf);
  }

  private Flux<String> owners() {
    return Flux.from(
            s3.listObjectsV2Paginator(
                    request -> request.bucket(bucket).prefix(OWNERS).delimiter("/"))
                .commonPrefixes())
        .map(CommonPrefix::prefix)
        .map(prefix -> prefix.substring(OWNERS.length(), prefix.length() - 1))
        .filter(EventIds::isValid)
        .onErrorMap(error -> ObjectStoreException.of("list", OWNERS, error));
  }

  private Flux<Submission> submissionsOf(String ownerId) {
    var prefix = ObjectKeys.manifestPrefix(ownerId);
    return Flux.from(
            s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents())
        .filter(object -> object.key().endsWith(MANIFEST))
        .map(object -> submission(ownerId, prefix, object))
        .filter(submission -> EventIds.isValid(submission.jobId()))
        .onErrorMap(error -> ObjectStoreException.of("list", prefix, error));
  }

  private static Submission submission(String ownerId, String prefix, S3Object object) {
    var name = object.key().substring(prefix.length());
    var jobId = name.substring(0, name.length() - MANIFEST.length());
    return new Submission(ownerId, jobId, object.lastModified());
  }
}
