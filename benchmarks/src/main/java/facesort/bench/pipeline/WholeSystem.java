package facesort.bench.pipeline;

import facesort.bench.pipeline.Friends.Enrolling;
import facesort.local.StackAddresses;
import facesort.local.process.ProcessStatus;
import facesort.ops.api.FriendAccepted;
import facesort.ops.api.IngestApi;
import facesort.ops.api.ProjectorApi;
import facesort.ops.friend.Enrolment;
import facesort.ops.system.LocalSystem;
import facesort.ops.system.SystemSettings;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.worker.kit.ClientSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * All of FaceSort on a data folder of its own, started like the demo starts it, with the friends
 * enrolled. Its processes can be held still while something else is measured. For one thread.
 */
final class WholeSystem implements AutoCloseable {
  private static final String OWNER = "bench";
  private static final int UPLOADS_AT_ONCE = 8;
  private static final Duration UPLOAD = Duration.ofMinutes(10);

  /** Against hanging alone. */
  private static final Duration LEG_LIMIT = Duration.ofMinutes(15);

  private final Path folderRoot;
  private final Path data;
  private final LocalSystem system;
  private final List<Enrolling> friends;
  private final ServiceSettings settings;
  private final ObjectStore store;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Thread thaw = new Thread(this::thaw, "thaw");

  private WholeSystem(Path folder, List<Enrolling> friends) {
    this.data = folder.resolve("data");
    this.folderRoot = folder.resolve("out");
    this.friends = List.copyOf(friends);
    this.system = LocalSystem.start(SystemSettings.in(data, folderRoot), event -> {});
    StackAddresses addresses = StackAddresses.read(data).orElseThrow();
    this.settings = ClientSettings.of(addresses, folder);
    ServiceConfiguration configuration = new ServiceConfiguration();
    this.store = configuration.objectStore(configuration.s3(settings), settings);
  }

  /** CPU seconds of each process until now. */
  Map<String, Double> cpuSeconds() {
    Map<String, Double> seconds = new TreeMap<>();
    CpuTicks none = new CpuTicks(Map.of(), Map.of(), 0, 0);
    ticks().processMillisSince(none).forEach((name, millis) -> seconds.put(name, millis / 1e3));
    return seconds;
  }

  /** Starts it below an existing folder and enrols the friends. */
  static WholeSystem start(Path folder, List<Enrolling> friends) {
    WholeSystem whole = new WholeSystem(folder, friends);
    try {
      Runtime.getRuntime().addShutdownHook(whole.thaw);
      whole.enroll();
      return whole;
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private void enroll() {
    IngestApi ingest = new IngestApi(system.endpoints().ingest(), OWNER);
    ProjectorApi projector = new ProjectorApi(system.endpoints().projector(), OWNER);
    List<FriendAccepted> accepted =
        friends.stream()
            .map(friend -> ingest.enroll(friend.friend(), List.of(friend.reference())))
            .toList();
    accepted.forEach(friend -> {
      if (!Enrolment.await(projector, friend).isAccepted()) {
        throw new IllegalStateException(friend.friendId() + " was refused");
      }
    });
  }

  /**
   * Sorts photos: uploads them, and from here on by the clock submits them as one job of the bulk
   * lane by their keys and waits for its end. What arrived is removed afterwards.
   *
   * @param name no other leg's
   */
  SystemLeg run(String name, List<Path> photos) {
    List<String> keys = upload(name, photos);
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("name", name);
    job.put("idempotency_key", name);
    job.put("lane", "bulk");
    job.put("delete_source", true);
    job.put("keys", keys);
    String body = JsonMapper.shared().writeValueAsString(job);
    Deliveries deliveries = Deliveries.begin(data, folderRoot, friends);
    try (JobWatch watch = JobWatch.from(settings, this::ticks)) {
      JobWatch.Times times = watch.untilFinished(() -> submit(body), LEG_LIMIT);
      JobEvents events = JobEvents.read(settings, times.jobId(), photos.size());
      return times.leg(events, deliveries.arrivals());
    } finally {
      deliveries.clear();
    }
  }

  /** Holds all processes still. */
  void freeze() {
    signal("-STOP");
  }

  /** Lets them go on. */
  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    for (Long root : roots().values()) {
      command.add(Long.toString(root));
      ProcessHandle.of(root).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> command.add(Long.toString(child.pid())));
    }
    try {
      // Of a process that ended meanwhile kill complains; the others have their signal.
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CpuTicks ticks() {
    return CpuTicks.now(roots());
  }

  private Map<String, Long> roots() {
    Map<String, Long> roots = new LinkedHashMap<>();
    for (ProcessStatus process : system.processes()) {
      if (process.pid() > 0) {
        roots.put(process.name(), process.pid());
      }
    }
    return roots;
  }

  private List<String> upload(String name, List<Path> photos) {
    List<String> keys =
        Flux.fromIterable(photos)
            .flatMapSequential(
                photo -> {
                  String key = "owners/%s/in/%s/%s".formatted(OWNER, name, photo.getFileName());
                  return store.put(key, bytes(photo), "image/jpeg").thenReturn(key);
                },
                UPLOADS_AT_ONCE)
            .collectList()
            .block(UPLOAD);
    return keys == null ? List.of() : keys;
  }

  /** Returns the job's id. */
  private String submit(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(system.endpoints().ingest() + "/v1/jobs"))
            .header("Content-Type", "application/json")
            .header("X-Facesort-Owner", OWNER)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 202) {
        throw new IllegalStateException("ingest: " + answer.statusCode() + " " + answer.body());
      }
      return JsonMapper.shared().readTree(answer.body()).path("job_id").stringValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thaw();
    system.close();
    Runtime.getRuntime().removeShutdownHook(thaw);
  }
}
