package facesort.ingest.cleanup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.service.ObjectStore;
import facesort.service.StorageConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * A store that answers and yet does not delete the one object of job j1, which no real one can be
 * told to be.
 */
final class RefusingStore implements AutoCloseable {

  static final String KEY = "owners/demo/jobs/j1/photos/p1";

  private static final String LISTING =
      "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>%s</Key><Size>3</Size><ETag>e</ETag></Contents></ListBucketResult>"
          .formatted(KEY);
  private static final String REFUSED =
      "<DeleteResult><Error><Key>%s</Key><Code>AccessDenied</Code></Error></DeleteResult>"
          .formatted(KEY);
  private static final String PRETENDED =
      "<DeleteResult><Deleted><Key>%s</Key></Deleted></DeleteResult>".formatted(KEY);

  private final HttpServer server;
  private final S3AsyncClient s3;
  private final AtomicInteger deletions = new AtomicInteger();
  private final AtomicInteger unavailable = new AtomicInteger();
  private volatile String deletion = REFUSED;

  RefusingStore() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    s3 =
        S3AsyncClient.builder()
            .httpClientBuilder(new StorageConnections.Builder())
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .forcePathStyle(true)
            // Each failure is one failed try of who asks.
            .overrideConfiguration(own -> own.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
  }

  /** Says of each deletion that it is not allowed. */
  void refuseDeletions() {
    deletion = REFUSED;
  }

  /** Says of each deletion that it was done. */
  void pretendDeletions() {
    deletion = PRETENDED;
  }

  /** The next so many listings find no store that answers. */
  void failListings(int count) {
    unavailable.set(count);
  }

  /** How many listings are still to fail. */
  int listingsToFail() {
    return unavailable.get();
  }

  /** How many deletions were asked for. */
  int deletions() {
    return deletions.get();
  }

  ObjectStore client() {
    return new ObjectStore(s3, "facesort");
  }

  /** Asks to clean up the job that this store holds. */
  static Cleanup request() {
    return Cleanup.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setJobId("j1")
        .setOwnerId("demo")
        .setKind(CleanupKind.REQUESTED)
        .setSeq(0)
        .build();
  }

  @Override
  public void close() {
    s3.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          deletions.incrementAndGet();
          send(exchange, 200, deletion);
        }
        case "GET" -> read(exchange);
        default -> send(exchange, 501, "");
      }
    }
  }

  private void read(HttpExchange exchange) throws IOException {
    if (!String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type")) {
      send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
    } else if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      send(exchange, 503, "<Error><Code>ServiceUnavailable</Code></Error>");
    } else {
      send(exchange, 200, LISTING);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
