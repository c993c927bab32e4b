package facesort.ingest.cleanup;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facesort.ingest.job.ManifestStore;
import facesort.schemas.AvroCodec;
import facesort.schemas.Causation;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.service.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A store that answers and yet does not delete, which no real one can be told to be. */
class CleanerIT {

  private static final String KEY = "owners/demo/jobs/j1/photos/p1";
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
  private volatile String deletion = "";

  /** As in the service, where the codec is there first and lets Avro load our records. */
  @BeforeAll
  static void trustRecords() {
    var _ = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  }

  CleanerIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    s3 =
        S3AsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  @Test
  void clean_failsWhenAnObjectIsRefused() {
    deletion = REFUSED;

    assertThatExceptionOfType(LeftBehindException.class)
        .isThrownBy(this::clean)
        .withMessageContaining(KEY)
        .withMessageContaining("AccessDenied");
  }

  @Test
  void clean_failsWhenAnObjectIsStillListedAfterItWasSaidToBeGone() {
    deletion = PRETENDED;

    assertThatExceptionOfType(LeftBehindException.class)
        .isThrownBy(this::clean)
        .withMessageContaining(KEY)
        .withMessageContaining("still listed");
  }

  private void clean() {
    var store = new ObjectStore(s3, "facesort");
    var cleaner = new Cleaner(store, new ManifestStore(store), Clock.systemUTC());
    var cause = Causation.newBuilder().setTopic("cleanup").setPartition(0).setOffset(0).build();
    cleaner.clean(request(), cause).block();
  }

  private static Cleanup request() {
    return Cleanup.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setJobId("j1")
        .setOwnerId("demo")
        .setKind(CleanupKind.REQUESTED)
        .setSeq(0)
        .build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "POST" -> send(exchange, 200, deletion);
        case "GET" -> {
          boolean isListing =
              String.valueOf(exchange.getRequestURI().getQuery()).contains("list-type");
          send(
              exchange,
              isListing ? 200 : 404,
              isListing ? LISTING : "<Error><Code>NoSuchKey</Code></Error>");
        }
        default -> send(exchange, 501, "");
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
