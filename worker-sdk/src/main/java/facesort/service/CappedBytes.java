package facesort.service;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Collects a response body up to a limit. The announced length is checked first and the bytes are
 * counted as they come, since an announcement can lie.
 */
final class CappedBytes
    implements AsyncResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> {

  /** The body is longer than the limit. */
  static final class TooManyBytes extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyBytes(long limit) {
      super("more than " + limit + " bytes");
    }
  }

  private final long limit;
  private volatile CompletableFuture<ResponseBytes<GetObjectResponse>> result =
      new CompletableFuture<>();
  private volatile GetObjectResponse response = GetObjectResponse.builder().build();

  private CappedBytes(long limit) {
    this.limit = limit;
  }

  static AsyncResponseTransformer<GetObjectResponse, ResponseBytes<GetObjectResponse>> transformer(
      long limit) {
    return new CappedBytes(limit);
  }

  @Override
  public CompletableFuture<ResponseBytes<GetObjectResponse>> prepare() {
    result = new CompletableFuture<>();
    return result;
  }

  @Override
  public void onResponse(GetObjectResponse received) {
    response = received;
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> body) {
    var announced = response.contentLength() == null ? 0 : response.contentLength();
    body.subscribe(new Collector(announced));
  }

  @Override
  public void exceptionOccurred(Throwable error) {
    result.completeExceptionally(error);
  }

  /** One body; called by one thread at a time, as reactive streams demand. */
  private final class Collector implements Subscriber<ByteBuffer> {

    private final long announced;
    private final ByteArrayOutputStream bytes;
    private @Nullable Subscription subscription;

    Collector(long announced) {
      this.announced = announced;
      this.bytes = new ByteArrayOutputStream((int) Math.min(announced, limit));
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      if (announced > limit) {
        refuse();
      } else {
        given.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(ByteBuffer part) {
      if (bytes.size() + part.remaining() > limit) {
        refuse();
        return;
      }
      var copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void onError(Throwable error) {
      result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      // The client lets a body end early when the connection breaks in the right moment.
      if (response.contentLength() != null && bytes.size() != announced) {
        result.completeExceptionally(
            new EOFException("ended after %d of %d bytes".formatted(bytes.size(), announced)));
        return;
      }
      result.complete(ResponseBytes.fromByteArrayUnsafe(response, bytes.toByteArray()));
    }

    private void refuse() {
      if (subscription != null) {
        subscription.cancel();
      }
      result.completeExceptionally(new TooManyBytes(limit));
    }
  }
}
