package facesort.service;

import facesort.schemas.ObjectRef;
import facesort.service.ObjectStoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * The one bucket of an installation. Every call ends within its time limit; an error is an {@link
 * ObjectStoreException} whose kind tells whether it can pass. Nothing is retried here beyond what
 * the client does itself. Safe for use by many threads.
 */
public final class ObjectStore {

  private static final Duration SHORT_CALL = Duration.ofSeconds(10);
  private static final Duration TRANSFER = Duration.ofSeconds(60);

  /** Most keys that one DeleteObjects call takes. */
  private static final int DELETE_AT_ONCE = 1000;

  private final S3AsyncClient s3;
  private final String bucket;

  /** Over a client and a bucket that exists. */
  public ObjectStore(S3AsyncClient s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Name of the bucket. */
  public String bucket() {
    return bucket;
  }

  /**
   * Writes the object whole; readers see the old one or the new one, never a part. Above 8 MB it is
   * sent in parts, each within the time limit.
   */
  public Mono<StoredObject> put(String key, byte[] bytes, String mediaType) {
    var etag =
        bytes.length > MultipartPut.PART_BYTES
            ? new MultipartPut(s3, bucket, key, TRANSFER).send(bytes, mediaType)
            : putWhole(key, bytes, mediaType);
    return etag.map(given -> new StoredObject(key, unquoted(given), bytes.length))
        .onErrorMap(error -> ObjectStoreException.of("write", key, error));
  }

  private Mono<String> putWhole(String key, byte[] bytes, String mediaType) {
    return call(
            "write",
            key,
            TRANSFER,
            () ->
                s3.putObject(
                    request -> request.bucket(bucket).key(key).contentType(mediaType),
                    AsyncRequestBody.fromBytesUnsafe(bytes)))
        .map(response -> unquoted(response.eTag()));
  }

  /** Writes the object unless the key is taken; false when it was. */
  public Mono<Boolean> putIfAbsent(String key, byte[] bytes, String mediaType) {
    return call(
            "write",
            key,
            TRANSFER,
            () ->
                s3.putObject(
                    request ->
                        request.bucket(bucket).key(key).contentType(mediaType).ifNoneMatch("*"),
                    AsyncRequestBody.fromBytesUnsafe(bytes)))
        .thenReturn(true)
        .onErrorResume(ObjectStore::isTaken, taken -> Mono.just(false));
  }

  /**
   * Reads the object whole.
   *
   * @param ref what to read; with an etag any other content is refused as CHANGED
   * @param maxBytes more is refused as TOO_LARGE, by the announced length and while reading
   */
  public Mono<byte[]> get(ObjectRef ref, long maxBytes) {
    return get(ref.getKey(), ref.getEtag(), maxBytes);
  }

  /** As {@link #get(ObjectRef, long)}, whatever content the key has now. */
  public Mono<byte[]> get(String key, long maxBytes) {
    return get(key, null, maxBytes);
  }

  private Mono<byte[]> get(String key, @Nullable String etag, long maxBytes) {
    return call(
            "read",
            key,
            TRANSFER,
            () ->
                s3.getObject(
                    request -> request.bucket(bucket).key(key).ifMatch(etag),
                    CappedBytes.transformer(maxBytes)))
        .map(ResponseBytes::asByteArrayUnsafe);
  }

  /** Size and etag of an object. */
  public Mono<StoredObject> head(String key) {
    return call("look up", key, SHORT_CALL, () -> s3.headObject(r -> r.bucket(bucket).key(key)))
        .map(r -> new StoredObject(key, unquoted(r.eTag()), r.contentLength()));
  }

  /** All objects whose keys begin with the prefix. */
  public Flux<StoredObject> list(String prefix) {
    return Flux.from(s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents())
        .map(object -> new StoredObject(object.key(), unquoted(object.eTag()), object.size()))
        .timeout(TRANSFER)
        .onErrorMap(error -> ObjectStoreException.of("list", prefix, error));
  }

  /** Removes objects; one that is not there counts as removed. */
  public Mono<DeleteOutcome> delete(List<String> keys) {
    return Flux.fromIterable(keys)
        .buffer(DELETE_AT_ONCE)
        .concatMap(this::deleteSome)
        .reduce(new DeleteOutcome(0, Map.of()), ObjectStore::sum);
  }

  private Mono<DeleteOutcome> deleteSome(List<String> keys) {
    var objects = keys.stream().map(k -> ObjectIdentifier.builder().key(k).build()).toList();
    return call(
            "delete",
            keys.getFirst(),
            TRANSFER,
            () -> s3.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(objects))))
        .map(response -> outcome(keys.size(), response));
  }

  private static DeleteOutcome outcome(int asked, DeleteObjectsResponse response) {
    var errors =
        response.errors().stream()
            .collect(Collectors.toMap(S3Error::key, S3Error::code, (first, second) -> first));
    return new DeleteOutcome(asked - errors.size(), errors);
  }

  private static DeleteOutcome sum(DeleteOutcome one, DeleteOutcome other) {
    var errors = new java.util.HashMap<>(one.errors());
    errors.putAll(other.errors());
    return new DeleteOutcome(one.deleted() + other.deleted(), errors);
  }

  private <T> Mono<T> call(
      String verb,
      String key,
      Duration limit,
      java.util.function.Supplier<java.util.concurrent.CompletableFuture<T>> request) {
    return Mono.fromFuture(request)
        .timeout(limit)
        .onErrorMap(error -> ObjectStoreException.of(verb, key, error));
  }

  private static boolean isTaken(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind() == Kind.CHANGED;
  }

  private static String unquoted(@Nullable String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
