package facesort.delivery;

import static facesort.delivery.ledger.Matches.Found.matched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.local.telegram.Fault;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dependencies that are down, and what is left to a service that starts later. */
@ExtendWith(LocalStackExtension.class)
class RestartIT {

  @TempDir private static Path out;

  private static StackAddresses stack;
  private static World world;

  @BeforeAll
  static void start(StackAddresses addresses) {
    stack = addresses;
    world = new World(addresses);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void clearFaults() {
    world.telegram().clearFaults();
  }

  @Test
  void telegramDown_isWaitedForAndReadinessStays() throws Exception {
    var job = job("3001");
    try (var service = startWith("facesort.delivery.telegram.api-url", nobody())) {
      await().atMost(World.SOON).until(() -> health(service).contains("Unreachable"));
      assertThat(get(service, "/actuator/health/readiness").statusCode()).isEqualTo(200);
    }
    assertThat(job.done()).isEmpty();

    try (var _ = RunningService.start(stack, out)) {
      job.awaitDone(2);
    }

    assertThat(job.done()).extracting(DeliveryDone::getState).containsOnly(DeliveryState.SENT);
    assertThat(world.received("3001")).containsExactlyElementsOf(job.names(0, 1));
  }

  @Test
  void storageDown_isWaitedFor() throws Exception {
    var other = world.job();
    var job = job("3002");
    try (var _ = startWith("facesort.storage.endpoint", nobody())) {
      // Reported by the same service later than the first job's release, and without storage.
      other.friend("ben", Channel.NONE, "");
      other.photo(0, matched("ben", 0.9));
      other.matched();
      other.awaitDone(1);
    }
    assertThat(job.done()).isEmpty();

    try (var _ = RunningService.start(stack, out)) {
      job.awaitDone(2);
    }

    assertThat(job.done()).extracting(DeliveryDone::getState).containsOnly(DeliveryState.SENT);
  }

  @Test
  void consentWithdrawnWhileDown_stopsWhatWasReleased() throws Exception {
    var job = job("3003");
    try (var service = startWith("facesort.delivery.telegram.api-url", nobody())) {
      await().atMost(World.SOON).until(() -> health(service).contains("Unreachable"));
    }
    job.profile("anna", 2, false);

    try (var _ = RunningService.start(stack, out)) {
      job.awaitDone(2);
    }

    assertThat(job.done()).extracting(DeliveryDone::getCause).containsOnly(DropCause.NO_CONSENT);
    assertThat(world.received("3003")).isEmpty();
  }

  @Test
  void stop_finishesTheRunningRequest() throws Exception {
    world.telegram().order(Fault.delay(2_000, Fault.When.AFTER, 1).forMethod("sendMediaGroup"));
    World.Job job;
    try (var _ = RunningService.start(stack, out)) {
      job = job("3004");
      await().atMost(World.SOON).until(() -> !world.received("3004").isEmpty());
    }

    try (var _ = RunningService.start(stack, out)) {
      job.awaitDone(2);
    }

    assertThat(job.done()).extracting(DeliveryDone::getState).containsOnly(DeliveryState.SENT);
    assertThat(world.received("3004")).containsExactlyElementsOf(job.names(0, 1));
  }

  /** A matched job with two photos of a friend who has this chat. */
  private static World.Job job(String chat) {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, chat);
    job.photo(0, matched("anna", 0.9));
    job.photo(1, matched("anna", 0.9));
    job.matched();
    return job;
  }

  private static RunningService startWith(String key, URI address) {
    return RunningService.start(stack, out, "--" + key + "=" + address);
  }

  /** An address at which nobody listens. */
  private static URI nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  private static String health(RunningService service) throws Exception {
    return get(service, "/actuator/health").body();
  }

  private static HttpResponse<String> get(RunningService service, String path) throws Exception {
    var address = URI.create("http://127.0.0.1:" + service.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
