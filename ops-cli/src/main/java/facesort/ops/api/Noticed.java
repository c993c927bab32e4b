package facesort.ops.api;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/**
 * A body that says when all of it was handed to the connection.
 *
 * @param sent called on a thread of the HTTP client
 */
record Noticed(BodyPublisher body, Runnable sent) implements BodyPublisher {
  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(new AtTheEnd(subscriber, sent));
  }

  private record AtTheEnd(Subscriber<? super ByteBuffer> subscriber, Runnable sent)
      implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer item) {
      subscriber.onNext(item);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      sent.run();
      subscriber.onComplete();
    }
  }
}
