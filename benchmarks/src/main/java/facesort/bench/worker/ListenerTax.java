package facesort.bench.worker;

import facesort.bench.drive.Answer;
import facesort.bench.drive.Feed;
import facesort.bench.drive.LegReader;
import facesort.bench.drive.Tasks;
import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Figure;
import facesort.bench.measure.Interval;
import facesort.bench.measure.Spin;
import facesort.bench.measure.SteadyLegs;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import facesort.worker.kit.WorkerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the runtime costs beside a bare loop: every contender is a warm process of its own with the
 * same flags, the same topics and the same batch. A leg's tasks become visible all at once, by the
 * commit of one transaction; the others are idle meanwhile. Contenders take turns.
 */
final class ListenerTax {
  private static final int BATCH = 500;

  /** Against hanging alone. */
  private static final Duration LEG_LIMIT = Duration.ofMinutes(3);

  private final BenchStack stack;
  private final Plan plan;
  private final BiConsumer<Long, Long> progress;
  private final List<Leg> legs = new ArrayList<>();
  private final Map<Contender, Running> running = new EnumMap<>(Contender.class);
  private final Tasks tasks = new Tasks(Clock.systemUTC());
  private final SteadyLegs counts;

  /**
   * How much is run.
   *
   * @param records of a leg of the fastest
   * @param warmUps legs of each contender that do not count
   * @param rounds legs of each contender that count
   * @param tries how often a leg is run at most until the machine's speed stayed the same
   */
  record Plan(int records, int warmUps, int rounds, int tries) {}

  /** A contender's process and who reads its answers. */
  private record Running(WorkerSetup setup, WorkerProcess process, LegReader answers) {}

  /**
   * What came out.
   *
   * @param floor records a second of the bare loop, median
   * @param rates the same of each contender
   * @param ratios ours divided by each of the others, in each round
   * @param thrownAway legs repeated since the machine's speed moved
   * @param unsteady legs that counted although it moved, in their last try
   */
  record Result(
      double floor,
      Map<String, Double> rates,
      Map<String, Figure> ratios,
      List<Leg> legs,
      int thrownAway,
      int unsteady) {}

  ListenerTax(BenchStack stack, Plan plan, BiConsumer<Long, Long> progress) {
    this.stack = stack;
    this.plan = plan;
    this.counts = new SteadyLegs(plan.tries());
    this.progress = progress;
  }

  Result run() {
    long total = (long) Contender.values().length * (plan.warmUps() + plan.rounds());
    long done = 0;
    try (Feed feed = new Feed(stack)) {
      start();
      Map<Contender, List<Double>> rates = new EnumMap<>(Contender.class);
      for (int round = 0; round < plan.warmUps() + plan.rounds(); round++) {
        for (Contender contender : order(round)) {
          boolean counts = round >= plan.warmUps();
          double rate =
              counts ? counted(contender, feed, round) : leg(contender, feed, "w" + round);
          if (counts) {
            rates.computeIfAbsent(contender, key -> new ArrayList<>()).add(rate);
          }
          progress.accept(++done, total);
        }
      }
      return result(rates);
    } finally {
      running
          .values()
          .forEach(one -> {
            one.answers().close();
            one.process().close();
          });
    }
  }

  private void start() {
    for (Contender contender : Contender.values()) {
      WorkerSetup setup =
          WorkerSetup.create(stack, "tax-" + contender.text(), BenchWorker.NOOP, BATCH);
      running.put(
          contender, new Running(setup, contender.start(setup), new LegReader(stack, setup.out())));
    }
  }

  /** Another one begins each round. */
  private static List<Contender> order(int round) {
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    Collections.rotate(order, round);
    return order;
  }

  private double counted(Contender contender, Feed feed, int round) {
    AtomicInteger attempt = new AtomicInteger();
    return counts.run(
        () -> leg(contender, feed, "r" + round + "a" + attempt.incrementAndGet()),
        (rate, before, after) ->
            legs.add(
                new Leg(
                    contender.text(),
                    contender.records(plan.records()),
                    rate,
                    before,
                    after,
                    Spin.steady(before, after))));
  }

  private double leg(Contender contender, Feed feed, String name) {
    Running one = running.get(contender);
    if (one == null) {
      throw new IllegalStateException(contender + " does not run");
    }
    int count = contender.records(plan.records());
    String job = contender.text() + "-" + name;
    List<TaskQueued> asked =
        IntStream.range(0, count).mapToObj(i -> tasks.about(job, "photo-" + i, i)).toList();
    feed.fill(one.setup().in(), asked);
    List<Answer> answers = one.answers().read(count, LEG_LIMIT, () -> one.process().requireAlive());
    require(asked, answers, job);
    return Leg.rate(answers);
  }

  private static void require(List<TaskQueued> asked, List<Answer> answers, String job) {
    Map<String, Long> counts =
        answers.stream().collect(Collectors.groupingBy(Answer::key, Collectors.counting()));
    long once =
        asked.stream().filter(task -> counts.getOrDefault(task.getTaskId(), 0L) == 1).count();
    if (once != asked.size() || answers.size() != asked.size()) {
      throw new WrongOutput(
          "leg %s: of %d tasks %d have one answer, %d answers in all"
              .formatted(job, asked.size(), once, answers.size()));
    }
  }

  private Result result(Map<Contender, List<Double>> rates) {
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach((contender, all) -> medians.put(contender.text(), Interval.of(all).median()));
    List<Double> ours = rates.getOrDefault(Contender.OURS, List.of());
    Map<String, Figure> ratios = new LinkedHashMap<>();
    Stream.of(Contender.values())
        .filter(other -> other != Contender.OURS)
        .forEach(other ->
            ratios.put(
                "ratio_to_" + other.text().replace('-', '_'),
                ratio(other, ours, rates.getOrDefault(other, List.of()))));
    return new Result(
        medians.getOrDefault(Contender.RAW.text(), 0.0),
        medians,
        ratios,
        legs,
        counts.thrownAway(),
        counts.unsteady());
  }

  private static Figure ratio(Contender other, List<Double> ours, List<Double> theirs) {
    List<Double> ratios =
        IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList();
    double goal =
        switch (other) {
          case RAW -> 0.8;
          case PARALLEL_CONSUMER -> 5;
          case OURS, SPRING_BATCH, SPRING_RECORD -> 1;
        };
    return Figure.atLeast(
        goal,
        "records a second of our worker divided by those of %s, pairs of one round, batch %d"
            .formatted(other.text(), BATCH),
        ratios);
  }
}
