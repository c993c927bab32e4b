package facesort.bench.worker;

import facesort.bench.drive.Answer;
import facesort.bench.drive.Feed;
import facesort.bench.drive.Tasks;
import facesort.bench.drive.Watch;
import facesort.bench.measure.Percentile;
import facesort.bench.stack.BenchStack;
import facesort.bench.stack.ChildJvm;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BATCH = 16;

  private final WorkerSetup setup;
  private final Watch watch;
  private final Feed feed;
  private final Tasks tasks = new Tasks(Clock.systemUTC());
  private final List<TaskQueued> sent = new ArrayList<>();
  private final ChildJvm worker;

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
    var _ = latencies("warm", Math.max(interactive / 4, 5));
    List<Double> idle = latencies("idle", interactive);
    List<TaskQueued> bulk = batch("bulk", backlog);
    feed.fill(setup.in(), bulk);
    sent.addAll(bulk);
    awaitBulk(1);
    long start = System.nanoTime();
    int before = bulkDone();
    List<Double> loaded = latencies("loaded", interactive);
    int done = bulkDone();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (done >= backlog) {
      throw new IllegalStateException(
          "the backlog of %d ended before the measurement: it needs more".formatted(backlog));
    }
    awaitBulk(backlog);
    requireAllOnce();
    return new Result(idle, loaded, backlog - done, (done - before) / seconds);
  }

  private List<TaskQueued> batch(String job, int count) {
    return IntStream.range(0, count).mapToObj(i -> tasks.about(job, "photo-" + i, i)).toList();
  }

  private List<Double> latencies(String job, int count) {
    Map<String, Long> sentAt = new HashMap<>();
    long begin = System.nanoTime();
    List<TaskQueued> batch = batch(job, count);
    for (int i = 0; i < count; i++) {
      sleepUntil(begin + i * EVERY.toNanos());
      sentAt.put(batch.get(i).getTaskId(), System.nanoTime());
      feed.send(setup.interactive(), batch.get(i));
    }
    sent.addAll(batch);
    require(
        Watch.until(
            () -> {
              worker.requireAlive();
              return watch.matching(a -> sentAt.containsKey(a.key())).size() >= count;
            },
            LIMIT),
        "interactive tasks of " + job);
    return watch.matching(answer -> sentAt.containsKey(answer.key())).stream()
        .map(answer -> (answer.seen() - sentAt.getOrDefault(answer.key(), 0L)) / 1e6)
        .toList();
  }

  private void awaitBulk(int count) {
    require(Watch.until(() -> bulkDone() >= count, LIMIT), count + " bulk tasks");
  }

  private int bulkDone() {
    List<String> ids =
        sent.stream().filter(t -> t.getJobId().equals("bulk")).map(t -> t.getTaskId()).toList();
    var bulk = java.util.Set.copyOf(ids);
    return watch.matching(answer -> bulk.contains(answer.key())).size();
  }

  private void requireAllOnce() {
    List<String> wrong = watch.wrong(sent);
    if (!wrong.isEmpty() || watch.matching(Answer::isTask).size() != sent.size()) {
      throw new WrongOutput("lanes: not one answer each, such as " + wrong);
    }
  }

  private static void require(boolean came, String what) {
    if (!came) {
      throw new WrongOutput("lanes: %s not answered within %s".formatted(what, LIMIT));
    }
  }

  private static void sleepUntil(long nanos) {
    try {
      long left = nanos - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    worker.kill();
    feed.close();
    watch.close();
  }
}
