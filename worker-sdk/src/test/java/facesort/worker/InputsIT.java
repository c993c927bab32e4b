package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.StackClients;
import facesort.service.StorageConnections;
import facesort.service.StoredObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@ExtendWith(LocalStackExtension.class)
class InputsIT {

  private static final String PREFIX = ObjectKeys.jobPrefix("anna", "inputs-it");
  private static final int LIMIT = 1000;

  private static StackClients clients;
  private static ObjectStore store;

  private Storage storage;
  private Inputs inputs;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    store = clients.store();
  }

  @BeforeEach
  void makeInputs() {
    storage = new Storage(store, Clock.systemUTC());
    inputs = new Inputs(storage, LIMIT);
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void read_saysWhatWasReadAlsoWhenTheReferenceDoesNot() {
    var stored = put("a", 10);

    var read = inputs.read("anna", ref(PREFIX + "a", null)).blockOptional().orElseThrow();

    assertThat(read.bytes()).hasSize(10);
    assertThat(read.ref())
        .isEqualTo(new ObjectRef(store.bucket(), PREFIX + "a", stored.etag(), 10L));
    assertThat(storage.dependency().lastSuccess()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "ben, owners/anna/jobs/inputs-it/a",
    "anna, owners/ben/x",
    "anna, owners/anna/../ben/x",
    "anna, owners/anna/%2e%2e/ben/x"
  })
  void read_refusesAnotherOwnersPartWithoutACall(String owner, String key) {
    assertRejected(FailureCode.SOURCE_FORBIDDEN, owner, ref(key, null));
    assertThat(storage.dependency().lastSuccess()).isNull();
    assertThat(storage.dependency().lastFailure()).isNull();
  }

  @Test
  void read_refusesAnotherBucket() {
    assertRejected(
        FailureCode.SOURCE_FORBIDDEN, "anna", new ObjectRef("other", PREFIX + "a", null, null));
  }

  @Test
  void read_rejectsWhatIsMissingChangedOrTooLargeAndCountsTheAnswers() {
    var before = Instant.now().minusMillis(1);
    put("large", LIMIT + 1);
    var first = put("changed", 1);
    put("changed", 2);

    assertRejected(FailureCode.SOURCE_MISSING, "anna", ref(PREFIX + "none", null));
    assertRejected(FailureCode.SOURCE_MISSING, "anna", ref(PREFIX + "none", "x"));
    assertRejected(FailureCode.SOURCE_CHANGED, "anna", ref(PREFIX + "changed", first.etag()));
    assertRejected(FailureCode.TOO_MANY_BYTES, "anna", ref(PREFIX + "large", null));
    assertThat(storage.dependency().isDown(before)).isFalse();
    assertThat(storage.dependency().lastFailure()).isNull();
  }

  @Test
  void answers_isTrueOfAStoreThatHasNoSuchKey() {
    assertThat(storage.dependency().answers().block()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"503, STORAGE_ERROR", "500, STORAGE_ERROR", "403, SOURCE_FORBIDDEN"})
  void read_blamesTheDependencyForAnErrorThatMayPass(int status, FailureCode code)
      throws Exception {
    try (var server = new ErrorServer(status)) {
      var away = new Storage(new ObjectStore(server.client(), store.bucket()), Clock.systemUTC());
      var before = Instant.now();

      assertFailed(code, away, ref(PREFIX + "a", "x"));

      assertThat(away.dependency().lastFailure()).isNotNull();
      assertThat(away.dependency().isDown(before)).isTrue();
      assertThat(away.dependency().answers().block()).isFalse();
    }
  }

  @Test
  void read_worksAgainWhenTheStoreIsBack(StackAddresses stack) throws Exception {
    put("back", 5);
    try (var relay = HttpRelay.to(stack.s3Endpoint());
        var s3 = client(URI.create(relay.address()))) {
      var flaky = new Storage(new ObjectStore(s3, store.bucket()), Clock.systemUTC());
      relay.have(Day.RESETS);
      var failed = Instant.now();

      assertFailed(FailureCode.STORAGE_ERROR, flaky, ref(PREFIX + "back", null));
      assertThat(flaky.dependency().answers().block()).isFalse();
      assertThat(flaky.dependency().isDown(failed)).isTrue();
      relay.have(Day.GOOD);

      assertThat(new Inputs(flaky, LIMIT).read("anna", ref(PREFIX + "back", null)).block())
          .isNotNull();
      assertThat(flaky.dependency().isDown(failed)).isFalse();
    }
  }

  private void assertRejected(FailureCode code, String owner, ObjectRef ref) {
    assertThatThrownBy(() -> inputs.read(owner, ref).block())
        .isInstanceOfSatisfying(RejectedTask.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertFailed(FailureCode code, Storage storage, ObjectRef ref) {
    assertThatThrownBy(() -> new Inputs(storage, LIMIT).read("anna", ref).block())
        .isInstanceOfSatisfying(
            DependencyFailed.class,
            e -> {
              assertThat(e.dependency()).isEqualTo("storage");
              assertThat(e.code()).isEqualTo(code);
            });
  }

  private static S3AsyncClient client(URI endpoint) {
    return client(clients, endpoint.toString());
  }

  /** The client of these clients, at another address. */
  static S3AsyncClient client(StackClients clients, String endpoint) {
    var service = clients.s3().serviceClientConfiguration();
    return S3AsyncClient.builder()
        .httpClientBuilder(new StorageConnections.Builder())
        .region(service.region())
        .endpointOverride(URI.create(endpoint))
        .credentialsProvider(service.credentialsProvider())
        .forcePathStyle(true)
        .build();
  }

  private static StoredObject put(String name, int length) {
    return store.put(PREFIX + name, new byte[length], "image/jpeg").blockOptional().orElseThrow();
  }

  private static ObjectRef ref(String key, @Nullable String etag) {
    return ObjectRef.newBuilder()
        .setBucket(store.bucket())
        .setKey(key)
        .setEtag(etag)
        .setLength(null)
        .build();
  }

  /** Answers every request with the same status. */
  private static final class ErrorServer implements AutoCloseable {
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private final S3AsyncClient client;

    ErrorServer(int status) throws Exception {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      server.start();
      client = InputsIT.client(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    S3AsyncClient client() {
      return client;
    }

    @Override
    public void close() {
      client.close();
      server.stop(0);
      assertThat(asked).hasPositiveValue();
    }
  }
}
