package facesort.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The connections to the object store, on threads of their own. Left to itself the client would let
 * these threads go on for two seconds after its end, in case somebody still calls: nobody does, and
 * each end of a program would take so much longer. Safe for use by many threads.
 */
public final class StorageConnections implements SdkAsyncHttpClient {
  private static final int MOST = 64;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration READ = Duration.ofSeconds(30);
  private static final long CLOSE_SECONDS = 5;

  private final SdkEventLoopGroup threads = SdkEventLoopGroup.builder().build();
  private final SdkAsyncHttpClient client;

  private StorageConnections(AttributeMap defaults) {
    this.client =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(threads)
            .maxConcurrency(MOST)
            .connectionTimeout(CONNECT)
            .readTimeout(READ)
            .buildWithDefaults(defaults);
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    return client.execute(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  /** Ends calls that still run, and the threads. */
  @Override
  public void close() {
    client.close();
    var _ =
        threads
            .eventLoopGroup()
            .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Makes connections that their S3 client closes. */
  public static final class Builder implements SdkAsyncHttpClient.Builder<Builder> {
    @Override
    public SdkAsyncHttpClient buildWithDefaults(AttributeMap defaults) {
      return new StorageConnections(defaults);
    }
  }
}
