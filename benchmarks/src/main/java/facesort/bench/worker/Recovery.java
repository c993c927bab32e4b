package facesort.bench.worker;

import facesort.bench.drive.Answer;
import facesort.bench.drive.Steady;
import facesort.bench.drive.Watch;
import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Figure;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.Marks;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import facesort.worker.kit.Pause;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Kills and stops workers under a steady stream of tasks and looks, from outside, when the answers
 * go on. The answers are read as committed; ticks between them, which no worker writes, show when a
 * reader stands still.
 */
final class Recovery implements AutoCloseable {
  /** Against hanging alone. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Duration LATELY = Duration.ofSeconds(1);
  private static final int BATCH = 16;

  private final WorkerSetup setup;
  private final Watch watch;
  private final Steady steady;
  private final RandomGenerator random;
  private final Map<Integer, WorkerProcess> slots = new HashMap<>();
  private final List<Double> sameSlot = new ArrayList<>();
  private final List<Double> sameSlotFromKill = new ArrayList<>();
  private final List<Double> stall = new ArrayList<>();
  private final List<Double> takeover = new ArrayList<>();
  private final List<Double> takeoverStall = new ArrayList<>();
  private final List<Double> pause = new ArrayList<>();
  private int redelivered;

  Recovery(BenchStack stack, RandomGenerator random) {
    this.setup = WorkerSetup.create(stack, "recovery", BenchWorker.MARKING, BATCH);
    this.random = random;
    this.watch = Watch.over(stack, setup.out());
    this.steady = Steady.start(stack, setup.in(), setup.out());
  }

  /**
   * Measures each so many times.
   *
   * @param said told after each
   */
  Map<String, Figure> run(int times, Runnable said) {
    var _ = firstOf(start(0), 0, "the first worker");
    for (int i = 0; i < times; i++) {
      sameSlot();
      said.run();
    }
    for (int i = 0; i < times; i++) {
      takeover();
      said.run();
    }
    for (int i = 0; i < times; i++) {
      terminate();
      said.run();
    }
    requireAllOnce();
    return figures();
  }

  /** Records that a worker was given again after an orderly stop. */
  int redelivered() {
    return redelivered;
  }

  private void sameSlot() {
    long killed = kill(0);
    WorkerProcess successor = start(0).awaitWorking();
    long up = System.nanoTime();
    Answer first = firstOf(successor, 0, "the successor in the slot");
    sameSlotFromKill.add(millis(first.seen() - killed));
    // Below zero when it answered before its log was looked at again, at most 25 ms later: then
    // the answer took no time at all.
    sameSlot.add(Math.max(millis(first.seen() - up), 0));
    stall.add(Gaps.longest(watch, killed, first.seen(), answer -> !answer.isTask()));
  }

  private void takeover() {
    awaitBoth();
    Set<Integer> orphaned = partitionsOf(slot(0));
    long killed = kill(0);
    Answer first =
        await(
            by(slot(1), killed).and(answer -> orphaned.contains(answer.partition())),
            slot(1),
            "the takeover by slot 1");
    takeover.add(millis(first.seen() - killed));
    takeoverStall.add(Gaps.longest(watch, killed, first.seen(), answer -> !answer.isTask()));
  }

  private void terminate() {
    awaitBoth();
    Set<Integer> moved = partitionsOf(slot(0));
    int before = Marks.repeats(setup.marks());
    long asked = System.nanoTime();
    slot(0).term();
    for (int partition : moved) {
      var _ =
          await(
              by(slot(1), asked).and(answer -> answer.partition() == partition),
              slot(1),
              "partition " + partition + " after SIGTERM");
    }
    pause.add(Gaps.longest(watch, asked, System.nanoTime(), Answer::isTask));
    redelivered += Marks.repeats(setup.marks()) - before;
  }

  /** Both slots answer, for a second at least. */
  private void awaitBoth() {
    for (int number : List.of(0, 1)) {
      if (!slots.containsKey(number) || !slot(number).isAlive()) {
        start(number);
      }
    }
    long now = System.nanoTime();
    for (int number : List.of(0, 1)) {
      var _ = firstOf(slot(number), now, "slot " + number);
    }
    Pause.of(LATELY);
  }

  private WorkerProcess start(int number) {
    WorkerProcess process = setup.start(number);
    slots.put(number, process);
    return process;
  }

  private WorkerProcess slot(int number) {
    WorkerProcess process = slots.get(number);
    if (process == null) {
      throw new IllegalStateException("slot " + number + " is empty");
    }
    return process;
  }

  /** At a random moment, since it matters what the worker is doing. */
  private long kill(int number) {
    Pause.of(Duration.ofMillis(random.nextInt(500, 1500)));
    long now = System.nanoTime();
    slot(number).kill();
    return now;
  }

  private Answer firstOf(WorkerProcess process, long since, String who) {
    return await(by(process, since), process, "an answer of " + who);
  }

  private Answer await(Predicate<Answer> wanted, WorkerProcess process, String what) {
    return watch
        .await(wanted, LIMIT, process::requireAlive)
        .orElseThrow(() ->
            new WrongOutput(
                "%s: nothing within %s; the log of %s ends:%n%s"
                    .formatted(what, LIMIT, process.name(), process.tail())));
  }

  private static Predicate<Answer> by(WorkerProcess process, long since) {
    return answer -> answer.seen() > since && answer.worker().equals(process.name());
  }

  /** Where a process answered lately. */
  private Set<Integer> partitionsOf(WorkerProcess process) {
    return watch.matching(by(process, System.nanoTime() - LATELY.toNanos())).stream()
        .map(Answer::partition)
        .collect(Collectors.toSet());
  }

  private void requireAllOnce() {
    List<TaskQueued> sent = steady.end();
    var _ = Pause.until(() -> watch.tasks() >= sent.size(), LIMIT);
    OneAnswerEach.require(setup, watch, sent);
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "recovery_same_slot_ms",
        Figure.atMost(
            1000,
            "kill -9; from when the successor in the slot is up to its first committed answer; up is"
                + " when its lanes have started and join their groups (its log line 'works', looked for every 25 ms)",
            sameSlot));
    figures.put(
        "recovery_same_slot_from_kill_ms",
        Figure.atMost(
            8000,
            "the same from the kill, with the start of the JVM and of its application",
            sameSlotFromKill));
    figures.put(
        "takeover_ms",
        Figure.atMost(
            8000,
            "kill -9; from the kill to the other instance's first answer in a partition of the dead",
            takeover));
    figures.put(
        "read_committed_stall_ms",
        Figure.atMost(
                2000,
                "kill -9 and restart of the slot: longest gap between ticks every 20 ms in one"
                    + " partition of the output, read as committed; the largest",
                stall)
            .byMax());
    figures.put(
        "takeover_stall_ms",
        Figure.atMost(20_000, "the same while nobody restarts the slot; the largest", takeoverStall)
            .byMax());
    figures.put(
        "sigterm_pause_ms",
        Figure.atMost(
            1000,
            "SIGTERM while another instance runs: longest gap between answers in one partition",
            pause));
    return figures;
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  @Override
  public void close() {
    steady.close();
    watch.close();
    slots.values().forEach(WorkerProcess::close);
  }
}
