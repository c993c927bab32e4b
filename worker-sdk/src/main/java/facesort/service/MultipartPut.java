package facesort.service;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One large object, sent in parts. It appears when all parts are there and not before; whatever
 * goes wrong, the parts that were sent are thrown away. Not the SDK's multipart client: its reads
 * do not work against every store.
 *
 * @param s3 client
 * @param bucket bucket
 * @param key key of the object
 * @param limit longest time for one call
 */
record MultipartPut(S3AsyncClient s3, String bucket, String key, Duration limit) {

  /** Objects up to here are sent in one piece. */
  static final int PART_BYTES = 8 * 1024 * 1024;

  private static final int PARTS_AT_ONCE = 2;

  /** The entity tag as the store gives it. */
  Mono<String> send(byte[] bytes, String mediaType) {
    return Mono.usingWhen(
        begin(mediaType),
        upload -> parts(upload, bytes).flatMap(parts -> complete(upload, parts)),
        upload -> Mono.empty(),
        (upload, error) -> abort(upload),
        this::abort);
  }

  private Mono<String> begin(String mediaType) {
    return call(
            () -> s3.createMultipartUpload(r -> r.bucket(bucket).key(key).contentType(mediaType)))
        .map(created -> created.uploadId());
  }

  private Mono<List<CompletedPart>> parts(String upload, byte[] bytes) {
    var count = Math.ceilDiv(bytes.length, PART_BYTES);
    return Flux.range(1, count)
        .flatMapSequential(number -> part(upload, number, bytes), PARTS_AT_ONCE)
        .collectList();
  }

  private Mono<CompletedPart> part(String upload, int number, byte[] bytes) {
    var from = (number - 1) * PART_BYTES;
    var length = Math.min(PART_BYTES, bytes.length - from);
    return call(() ->
            s3.uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                AsyncRequestBody.fromRemainingByteBufferUnsafe(
                    ByteBuffer.wrap(bytes, from, length))))
        .map(sent -> CompletedPart.builder().partNumber(number).eTag(sent.eTag()).build());
  }

  private Mono<String> complete(String upload, List<CompletedPart> parts) {
    return call(() ->
            s3.completeMultipartUpload(r ->
                r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts))))
        .map(completed -> text(completed.eTag()));
  }

  /** Parts of an upload that cannot be thrown away either are no object; the first error counts. */
  private Mono<Void> abort(String upload) {
    return call(() -> s3.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload)))
        .then()
        .onErrorComplete();
  }

  private <T> Mono<T> call(Supplier<CompletableFuture<T>> request) {
    return Mono.fromFuture(request).timeout(limit);
  }

  private static String text(@Nullable String etag) {
    return etag == null ? "" : etag;
  }
}
