package facesort.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.IngestClient.Answer;
import facesort.ingest.IngestClient.File;
import facesort.local.PortChoice;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The jar as its own process, with less memory than a request has bytes. */
@ExtendWith(LocalStackExtension.class)
class PackagedIngestIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long MEGABYTE = 1024 * 1024;
  private static final Path SPOOL = Path.of("target", "spool-packaged");

  private final StackAddresses stack;
  private final int port = freePort();
  private Process process;

  PackagedIngestIT(StackAddresses stack) throws IOException {
    RunningIngest.createTopics(stack);
    this.stack = stack;
    this.process = start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void upload_needsLessMemoryThanTheRequestHasBytes() {
    var files = large(7);
    files.add(Photos.large("too-large.jpg", 60 * MEGABYTE, 99));

    var answer = client().job("{}", files);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    assertThat(settled(answer)).containsExactly("", "", "", "", "", "", "", "TOO_MANY_BYTES");
  }

  @Test
  void kill_inTheMiddleOfAnUploadLeavesNothingThatTheNextStartDoesNotRemove() throws IOException {
    var json = "{\"idempotency_key\": \"killed\"}";
    var upload = CompletableFuture.runAsync(() -> client().job(json, large(20)));
    await().atMost(LIMIT).until(() -> Files.exists(SPOOL) && !isEmpty(SPOOL));

    process.destroyForcibly();
    await().atMost(LIMIT).until(upload::isCompletedExceptionally);
    assertThat(SPOOL).isNotEmptyDirectory();
    process = start();

    assertThat(SPOOL).isEmptyDirectory();
    var again = client().job(json, large(2));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body().path("repeated").asBoolean()).isFalse();
  }

  @Test
  void sigterm_endsTheProcessInOrder() throws InterruptedException {
    process.destroy();

    assertThat(process.waitFor(LIMIT)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
  }

  private Process start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-jar", "target/ingest-service.jar"));
    command.addAll(RunningIngest.arguments(stack, SPOOL));
    command.add("--server.port=" + port);
    var started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "packaged-ingest.log").toFile())
            .start();
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> client().get("/actuator/health/readiness").text("status").equals("UP"));
    return started;
  }

  private IngestClient client() {
    return new IngestClient(port, "packaged-it");
  }

  private static List<File> large(int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(at -> Photos.large("large%d.jpg".formatted(at), 45 * MEGABYTE, 2 * at + 1))
            .toList());
  }

  private static List<String> settled(Answer answer) {
    return answer
        .body()
        .path("photos")
        .valueStream()
        .map(photo -> photo.path("settled").asString(""))
        .toList();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static int freePort() {
    // Not one that the kernel may give to an outgoing connection before the service has bound it.
    return new PortChoice(new SecureRandom()).choose("ingest", 0, 0);
  }
}
