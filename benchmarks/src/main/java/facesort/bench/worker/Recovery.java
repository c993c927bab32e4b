package facesort.bench.worker;

import facesort.bench.drive.Answer;
import facesort.bench.drive.Steady;
import facesort.bench.drive.Watch;
import facesort.bench.measure.Figure;
import facesort.bench.stack.BenchStack;
import facesort.bench.stack.ChildJvm;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.Marks;
import facesort.bench.stage.WorkerSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Kills and stops workers under a steady stream of tasks and looks, from outside, when the answers
 * go on. The answers are read as committed; ticks between them, which no worker writes, show when a
 * reader stands still.
 */
final class Recovery implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration AFTER = Duration.ofSeconds(1);
  private static final int BATCH = 16;

  private final WorkerSetup setup;
  private final Watch watch;
  private final Steady steady;
  private final RandomGenerator random;
  private final Map<Integer, ChildJvm> slots = new HashMap<>();
  private final List<Double> sameSlot = new ArrayList<>();
  private final List<Double> sameSlotFromKill = new ArrayList<>();
  private final List<Double> stall = new ArrayList<>();
  private final List<Double> takeover = new ArrayList<>();
  private final List<Double> takeoverStall = new ArrayList<>();
  private final List<Double> pause = new ArrayList<>();
  private int redelivered;

  Recovery(BenchStack stack, RandomGenerator random) {
    this.setup = WorkerSetup.create(stack, "recovery", BenchWorker.NOOP, BATCH);
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
    start(0);
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
    steady.close();
    requireAllOnce();
    return figures();
  }

  /** Records that a worker was given again after an orderly stop. */
  int redelivered() {
    return redelivered;
  }

  private void sameSlot() {
    long killed = kill(0);
    long killedMillis = System.currentTimeMillis();
    ChildJvm successor = start(0);
    Answer first = firstOf(successor, "the successor in the slot");
    long up = Marks.up(setup.marks(), successor.pid()).orElseThrow() - killedMillis;
    double fromKill = millis(first.seen() - killed);
    sameSlotFromKill.add(fromKill);
    sameSlot.add(Math.max(fromKill - up, 0));
    stall.add(longestGap(killed, first.seen(), answer -> !answer.isTask()));
  }

  private void takeover() {
    awaitBoth();
    Set<Integer> orphaned = partitionsOf(slot(0));
    long killed = kill(0);
    ChildJvm survivor = slot(1);
    Answer first =
        watch.await(
            answer ->
                answer.seen() > killed
                    && answer.worker() == survivor.pid()
                    && orphaned.contains(answer.partition()),
            LIMIT,
            "the takeover by slot 1");
    takeover.add(millis(first.seen() - killed));
    takeoverStall.add(longestGap(killed, first.seen(), answer -> !answer.isTask()));
  }

  private void terminate() {
    awaitBoth();
    Set<Integer> moved = partitionsOf(slot(0));
    int before = repeats();
    ChildJvm stopped = slot(0);
    long asked = System.nanoTime();
    stopped.terminate();
    stopped.await();
    ChildJvm survivor = slot(1);
    for (int partition : moved) {
      var _ =
          watch.await(
              answer ->
                  answer.seen() > asked
                      && answer.worker() == survivor.pid()
                      && answer.partition() == partition,
              LIMIT,
              "partition " + partition + " after SIGTERM");
    }
    pause.add(longestGap(asked, System.nanoTime(), Answer::isTask));
    redelivered += repeats() - before;
  }

  /** Both slots answer. */
  private void awaitBoth() {
    for (int number : List.of(0, 1)) {
      if (!slots.containsKey(number) || !slot(number).isAlive()) {
        start(number);
      }
    }
    long now = System.nanoTime();
    for (int number : List.of(0, 1)) {
      ChildJvm process = slot(number);
      var _ =
          watch.await(
              answer -> answer.seen() > now && answer.worker() == process.pid(),
              LIMIT,
              "an answer from slot " + number);
    }
    pauseFor(AFTER);
  }

  private ChildJvm start(int number) {
    ChildJvm process = setup.start(number);
    slots.put(number, process);
    if (slots.size() == 1 && sameSlot.isEmpty()) {
      firstOf(process, "the first worker");
    }
    return process;
  }

  private ChildJvm slot(int number) {
    ChildJvm process = slots.get(number);
    if (process == null) {
      throw new IllegalStateException("slot " + number + " is empty");
    }
    return process;
  }

  /** At a random moment, since it matters what the worker is doing. */
  private long kill(int number) {
    pauseFor(Duration.ofMillis(random.nextInt(500, 1500)));
    long now = System.nanoTime();
    slot(number).kill();
    return now;
  }

  private Answer firstOf(ChildJvm process, String what) {
    boolean came =
        Watch.until(
            () -> {
              process.requireAlive();
              return !watch.matching(answer -> answer.worker() == process.pid()).isEmpty();
            },
            LIMIT);
    if (!came) {
      throw new WrongOutput(
          "%s answered nothing within %d s; its log ends: %s"
              .formatted(what, LIMIT.toSeconds(), process.tail()));
    }
    return watch.matching(answer -> answer.worker() == process.pid()).getFirst();
  }

  /** Where a process answered in the last second. */
  private Set<Integer> partitionsOf(ChildJvm process) {
    long since = System.nanoTime() - AFTER.toNanos();
    return watch
        .matching(answer -> answer.seen() > since && answer.worker() == process.pid())
        .stream()
        .map(Answer::partition)
        .collect(Collectors.toSet());
  }

  /** The longest time in which one partition showed nothing of the kind, begun before the end. */
  private double longestGap(long from, long to, java.util.function.Predicate<Answer> kind) {
    pauseFor(AFTER);
    Map<Integer, List<Answer>> partitions =
        watch
            .matching(
                kind.and(answer ->
                    answer.seen() > from - AFTER.toNanos() && answer.seen() < to + AFTER.toNanos()))
            .stream()
            .collect(Collectors.groupingBy(Answer::partition));
    return partitions.values().stream()
        .mapToDouble(Recovery::longestGap)
        .max()
        .orElseThrow(() -> new WrongOutput("no partition showed anything"));
  }

  private static double longestGap(List<Answer> answers) {
    List<Answer> sorted = answers.stream().sorted(Comparator.comparingLong(Answer::seen)).toList();
    double longest = 0;
    for (int i = 1; i < sorted.size(); i++) {
      longest = Math.max(longest, millis(sorted.get(i).seen() - sorted.get(i - 1).seen()));
    }
    return longest;
  }

  private int repeats() {
    List<String> all = Marks.processed(setup.marks());
    return all.size() - Set.copyOf(all).size();
  }

  private void requireAllOnce() {
    boolean all = Watch.until(() -> watch.wrong(steady.sent()).isEmpty(), LIMIT);
    if (!all) {
      List<String> wrong = watch.wrong(steady.sent());
      throw new WrongOutput(
          "of %d tasks %d have not one answer, such as %s"
              .formatted(steady.sent().size(), wrong.size(), wrong.getFirst()));
    }
  }

  private Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "recovery_same_slot_ms",
        Figure.atMost(
            1000,
            "kill -9; from when the successor in the slot has loaded its stage to its first answer",
            sameSlot));
    figures.put(
        "recovery_same_slot_from_kill_ms",
        Figure.atMost(8000, "the same from the kill, with the start of the JVM", sameSlotFromKill));
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

  private static void pauseFor(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    steady.close();
    watch.close();
    slots.values().forEach(ChildJvm::kill);
  }
}
