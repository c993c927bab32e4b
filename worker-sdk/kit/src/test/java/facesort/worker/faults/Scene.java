package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.HoldPoint;
import facesort.worker.kit.PrivateTopics;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.Tasks;
import facesort.worker.kit.WorkerCommand;
import facesort.worker.kit.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Private topics, what is written to them, and the workers of one test. */
final class Scene implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final PrivateTopics topics;
  private final Tasks tasks;
  private final Path starts;
  private final List<Runnable> opened = new ArrayList<>();

  /** One start of a task's work. */
  record Start(long millis, String photo, long pid) {}

  private Scene(StackAddresses stack) {
    this.topics = PrivateTopics.on(stack);
    this.tasks = Tasks.to(topics);
    this.starts = topics.folder().resolve("starts");
  }

  static Scene on(StackAddresses stack) {
    return new Scene(stack);
  }

  PrivateTopics topics() {
    return topics;
  }

  Tasks tasks() {
    return tasks;
  }

  /** The stage's worker in slot 0. */
  WorkerCommand command() {
    return WorkerCommand.of(KitStage.class, topics.stack(), topics.folder())
        .property(KitStage.SERVICE, topics.service())
        .property(KitStage.STARTS, starts.toAbsolutePath());
  }

  /** Starts a worker that is closed with the scene; returns when it works. */
  WorkerProcess working(WorkerCommand command) {
    return begun(command).awaitWorking();
  }

  /** Starts a worker that is closed with the scene; returns at once. */
  WorkerProcess begun(WorkerCommand command) {
    WorkerProcess process = WorkerProcess.start(command);
    opened.add(process::close);
    return process;
  }

  /** A relay that is closed with the scene. */
  HttpRelay relay(String server) {
    HttpRelay relay = HttpRelay.to(server);
    opened.add(relay::close);
    return relay;
  }

  /** Starts a slot that is closed with the scene. */
  RestartingWorker restarting(WorkerCommand command) {
    RestartingWorker worker = RestartingWorker.start(command);
    opened.add(worker::close);
    return worker;
  }

  /** Waits until all is behind the groups and looks what holds. */
  Guarantees settled(Duration limit) {
    return Guarantees.of(topics, tasks, limit);
  }

  /** All starts of work so far. */
  List<Start> starts() {
    return lines("").stream().map(Scene::start).toList();
  }

  /** The photos that workers asked the object store for so far. */
  List<String> reads() {
    return lines(KitStage.READS).stream().map(line -> start(line).photo()).toList();
  }

  /** The photos of each bucket so far, in the order in which the stage was given them. */
  List<List<String>> buckets() {
    return lines(KitStage.BUCKETS).stream().map(line -> List.of(line.split(" ", -1))).toList();
  }

  /** The lane of each bucket that has waited for its turn so far, see {@link Seeds#waits}. */
  List<String> waits() {
    return lines(Seeds.WAITS);
  }

  private List<String> lines(String file) {
    Path path = Path.of(starts + file);
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when so many tasks were begun. */
  void awaitStarts(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> starts().size() >= count);
  }

  /** Returns when so many processes of a slot have ended. */
  void awaitDeaths(RestartingWorker worker, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> worker.deaths().size() >= count);
  }

  /** Returns when a worker waits at a point. */
  void awaitHeld(String point) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> HoldPoint.isHeld(topics.folder(), point));
  }

  /** Lets it go on. */
  void release(String point) {
    HoldPoint.release(topics.folder(), point);
  }

  /** Whether something becomes true within this time. */
  boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  /** Lets time go by: what is waited for is a moment at random. */
  void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Adds to what holds that no work was done twice. */
  Guarantees onceEach(Guarantees guarantees) {
    Map<String, Long> counts =
        starts().stream().collect(Collectors.groupingBy(Start::photo, Collectors.counting()));
    List<String> again =
        counts.entrySet().stream()
            .filter(count -> count.getValue() > 1)
            .map(Map.Entry::toString)
            .toList();
    return guarantees.and(
        Guarantee.WORK_IS_DONE_ONCE, again.isEmpty(), again.size() + " were done again: " + again);
  }

  private static Start start(String line) {
    String[] words = line.split(" ", -1);
    return new Start(Long.parseLong(words[0]), words[1], Long.parseLong(words[2]));
  }

  @Override
  public void close() {
    opened.reversed().forEach(Runnable::run);
    tasks.close();
  }
}
