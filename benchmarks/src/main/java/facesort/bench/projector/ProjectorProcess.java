package facesort.bench.projector;

import facesort.bench.stack.BenchStack;
import facesort.local.JavaCommand;
import facesort.local.PortChoice;
import facesort.local.ProjectHome;
import facesort.worker.kit.Pause;
import facesort.worker.kit.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped state-projector as a process of its own. For one thread. */
final class ProjectorProcess implements AutoCloseable {
  /** Heap of the projector in the local system. */
  static final int HEAP_MEBIBYTES = 256;

  private static final String JAR = "state-projector/target/state-projector.jar";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final WorkerProcess process;
  private final URI root;
  private final HttpClient http = HttpClient.newHttpClient();

  private ProjectorProcess(WorkerProcess process, URI root) {
    this.process = process;
    this.root = root;
  }

  /**
   * Starts it and returns at once.
   *
   * @param flags further flags of its JVM
   */
  static ProjectorProcess start(
      BenchStack stack, ReadModelDatabase database, Path state, String... flags) {
    return start(stack, database, state, HEAP_MEBIBYTES, flags);
  }

  /** As {@link #start}, with another heap. */
  static ProjectorProcess start(
      BenchStack stack, ReadModelDatabase database, Path state, int heap, String... flags) {
    int port = new PortChoice(new SecureRandom()).choose("projector", 0, 0);
    Map<String, String> variables = new HashMap<>(stack.environment("projector"));
    variables.put("SERVER_PORT", Integer.toString(port));
    variables.put("FACESORT_POSTGRES_URL", database.r2dbcUrl());
    variables.put("FACESORT_POSTGRES_USERNAME", stack.addresses().postgresUser());
    variables.put("FACESORT_POSTGRES_PASSWORD", stack.addresses().postgresPassword());
    variables.put("FACESORT_PROJECTOR_STATEDIR", state.toString());
    List<String> command =
        JavaCommand.withHeap(heap)
            .flags("--enable-native-access=ALL-UNNAMED")
            .flags(flags)
            .jar(ProjectHome.find().path().resolve(JAR));
    return new ProjectorProcess(
        WorkerProcess.start("projector", stack.folder(), command, variables),
        URI.create("http://127.0.0.1:" + port));
  }

  WorkerProcess process() {
    return process;
  }

  /** Returns when its topology runs: all stores are restored. */
  ProjectorProcess awaitRunning() {
    process.awaitLog("topology is RUNNING");
    return this;
  }

  /** Returns when its probe says that it is ready. */
  ProjectorProcess awaitReady() {
    if (!Pause.until(this::isReady, LIMIT)) {
      throw new IllegalStateException(
          "the projector is not ready within %s:%n%s".formatted(LIMIT, process.tail()));
    }
    return this;
  }

  boolean isReady() {
    process.requireAlive();
    HttpResponse<String> answer = answer("/actuator/health/readiness");
    return answer != null && answer.statusCode() == OK;
  }

  /** Asks as the owner of the corpus. */
  HttpRequest request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(ANSWER)
        .header("X-Facesort-Owner", Corpus.OWNER)
        .build();
  }

  /** What it answers; throws when it does not, or with anything but 200. */
  JsonNode get(String path) {
    HttpResponse<String> answer = answer(path);
    if (answer == null || answer.statusCode() != OK) {
      throw new IllegalStateException(
          "%s is answered by %s:%n%s"
              .formatted(path, answer == null ? "nobody" : answer.body(), process.tail()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Of the content of its read model. */
  String contentHash() {
    return get("/v1/content-hash").path("hash").asString();
  }

  /** Null when nobody answers. */
  private @Nullable HttpResponse<String> answer(String path) {
    try {
      return http.send(request(path), BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.close();
  }
}
