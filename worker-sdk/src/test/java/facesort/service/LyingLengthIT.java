package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.service.ObjectStoreException.Kind;
import java.net.URI;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A store that says one length and sends another gets no more than the limit into memory. */
class LyingLengthIT {

  private static final int LIMIT = 100_000;

  /** What the client makes of the surplus depends on when it comes; it is never content. */
  @Test
  void get_givesAsMuchAsAnnouncedOrNothingOfABodyThatIsLonger() throws Exception {
    read(
        "Content-Length: 10\r\n",
        LyingServer.ENDLESS,
        (store, server) -> {
          try {
            assertThat(store.get("k", LIMIT).block()).hasSize(10);
          } catch (ObjectStoreException e) {
            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
          }
        });
  }

  @Test
  void get_refusesABodyThatIsShorterThanAnnounced() throws Exception {
    read(
        "Content-Length: 5000\r\n",
        1000,
        (store, server) -> assertKind(Kind.UNAVAILABLE, () -> store.get("k", LIMIT).block()));
  }

  @Test
  void get_stopsABodyWithoutLengthAtTheLimit() throws Exception {
    read(
        "Transfer-Encoding: chunked\r\n",
        LyingServer.ENDLESS,
        (store, server) -> {
          assertKind(Kind.TOO_LARGE, () -> store.get("k", LIMIT).block());
          // The rest is not taken off the wire either.
          Awaitility.await().until(() -> server.hungUp() == 1);
          assertThat(server.sent()).isLessThan(50_000_000);
        });
  }

  @Test
  void get_refusesAnAnnouncedLengthAboveTheLimitWithoutReading() throws Exception {
    read(
        "Content-Length: 99999999999\r\n",
        LyingServer.ENDLESS,
        (store, server) -> {
          assertKind(Kind.TOO_LARGE, () -> store.get("k", LIMIT).block());
          Awaitility.await().until(() -> server.hungUp() == 1);
          assertThat(server.sent()).isLessThan(50_000_000);
        });
  }

  private interface Check {
    void accept(ObjectStore store, LyingServer server);
  }

  private static void read(String headers, long length, Check check) throws Exception {
    try (var server = new LyingServer(headers, length);
        var s3 = new ServiceConfiguration().s3(settings(server.address()))) {
      check.accept(new ObjectStore(s3, "facesort"), server);
    }
  }

  private static ServiceSettings settings(URI endpoint) {
    return new ServiceSettings(
        0,
        new ServiceSettings.Kafka("127.0.0.1:1"),
        new ServiceSettings.Registry(endpoint, Path.of("none"), Path.of("none"), false),
        new ServiceSettings.Storage(endpoint, "us-east-1", "key", "secret", "facesort"));
  }

  private static void assertKind(Kind kind, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
