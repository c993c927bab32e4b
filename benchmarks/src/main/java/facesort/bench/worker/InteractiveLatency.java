package facesort.bench.worker;

import facesort.bench.drive.Feed;
import facesort.bench.drive.Tasks;
import facesort.bench.drive.Watch;
import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Percentile;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import facesort.worker.kit.Pause;
import facesort.worker.kit.WorkerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * How long one task in the interactive lane takes, from its sending to its committed answer, when
 * nothing else waits and while a bulk backlog is worked off. Tasks go out at fixed times whatever
 * becomes of those before them, so that a slow one does not hide what it would have delayed.
 */
final class InteractiveLatency implements AutoCloseable {
  static final String DEFINITION =
      "p99 of interactive tasks under a bulk backlog divided by p99 when idle; from sending to the"
          + " committed answer; a task waits 20 ms without computing, those of a bucket side by side";

  private static final Duration EVERY = Duration.ofMillis(200);

  /** Limits against hanging alone. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration ALL_LIMIT = Duration.ofMinutes(10);
  private static final int BATCH = 16;

  private final WorkerSetup setup;
  private final Watch watch;
  private final Feed feed;
  private final Tasks tasks = new Tasks(Clock.systemUTC());
  private final List<TaskQueued> sent = new ArrayList<>();
  private final WorkerProcess worker;
  private int bulkSent;

  /**
   * What came out.
   *
   * @param idle milliseconds of each task
   * @param loaded the same under the backlog
   * @param backlogLeft bulk tasks that still waited when the last interactive one was answered
   * @param bulkPerSecond how fast the backlog went meanwhile
   */
  record Result(List<Double> idle, List<Double> loaded, int backlogLeft, double bulkPerSecond) {

    double ratio() {
      return Percentile.of(loaded, 99) / Percentile.of(idle, 99);
    }
  }

  InteractiveLatency(BenchStack stack) {
    this.setup = WorkerSetup.create(stack, "lanes", BenchWorker.WAIT, BATCH);
    this.watch = Watch.over(stack, setup.out());
    this.feed = new Feed(stack);
    this.worker = setup.start(0);
  }

  Result run(int interactive, int backlog) {
    var _ = latencies("warm", Math.max(interactive / 4, 5), () -> {});
    List<Double> idle = latencies("idle", interactive, () -> {});
    fill(backlog);
    await(() -> bulkDone() > 0, LIMIT, "the first bulk task");
    long start = System.nanoTime();
    int before = bulkDone();
    List<Double> loaded = latencies("loaded", interactive, () -> keepFilled(backlog));
    int done = bulkDone();
    double seconds = (System.nanoTime() - start) / 1e9;
    int left = bulkSent - done;
    await(() -> watch.tasks() >= sent.size(), ALL_LIMIT, "all tasks");
    OneAnswerEach.require(setup, watch, sent);
    return new Result(idle, loaded, left, (done - before) / seconds);
  }

  private List<TaskQueued> batch(String job, int count) {
    return IntStream.range(0, count).mapToObj(i -> tasks.about(job, "photo-" + i, i)).toList();
  }

  private void fill(int count) {
    List<TaskQueued> bulk = batch("bulk-" + bulkSent, count);
    feed.fill(setup.in(), bulk);
    sent.addAll(bulk);
    bulkSent += count;
  }

  /** However fast the machine is, there is always a backlog. */
  private void keepFilled(int backlog) {
    if (bulkSent - bulkDone() < backlog / 2) {
      fill(backlog);
    }
  }

  /** Exact when no interactive task is under way, else some too few. */
  private int bulkDone() {
    return Math.max(watch.tasks() - (sent.size() - bulkSent), 0);
  }

  private List<Double> latencies(String job, int count, Runnable beforeEach) {
    Map<String, Long> sentAt = new HashMap<>();
    long begin = System.nanoTime();
    for (TaskQueued task : batch(job, count)) {
      beforeEach.run();
      Pause.untilNanos(begin + sentAt.size() * EVERY.toNanos());
      sentAt.put(task.getTaskId(), System.nanoTime());
      sent.add(task);
      feed.send(setup.interactive(), task);
    }
    feed.requireWritten();
    await(
        () -> sentAt.keySet().stream().allMatch(watch::hasAnswer),
        LIMIT,
        "interactive tasks of " + job);
    return watch.matching(answer -> sentAt.containsKey(answer.key())).stream()
        .map(answer -> (answer.seen() - sentAt.getOrDefault(answer.key(), 0L)) / 1e6)
        .toList();
  }

  private void await(BooleanSupplier condition, Duration limit, String what) {
    boolean came =
        Pause.until(
            () -> {
              worker.requireAlive();
              return condition.getAsBoolean();
            },
            limit);
    if (!came) {
      throw new WrongOutput(
          "lanes: %s not answered within %s; the worker's log ends:%n%s"
              .formatted(what, limit, worker.tail()));
    }
  }

  @Override
  public void close() {
    worker.close();
    feed.close();
    watch.close();
  }
}
