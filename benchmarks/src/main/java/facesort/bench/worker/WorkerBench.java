package facesort.bench.worker;

import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Figure;
import facesort.bench.measure.Percentile;
import facesort.bench.stack.BenchStack;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import facesort.ops.console.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The worker runtime beside its floor and its peers, its recovery, and its lanes. */
@Command(
    name = "worker",
    description =
        "What the worker runtime costs, how fast it recovers, how long interactive work waits.",
    footer = {
      "",
      "Everything runs on a fresh local stack, all contenders in turn, and every answer is checked: a",
      "run whose output is wrong fails. Takes about ten minutes; --quick about one minute, with",
      "figures that mean nothing.",
      "",
      "Examples:",
      "  facesort bench worker",
      "  facesort bench worker -o json > worker.json",
      "  facesort bench worker --only tax        # tax, recovery or lanes"
    })
public final class WorkerBench implements Callable<Integer> {
  /** A part of the benchmark. */
  enum Part {
    /** The runtime beside bare loops and other runtimes. */
    TAX,
    /** Kills and stops. */
    RECOVERY,
    /** Interactive work under a backlog. */
    LANES
  }

  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Option(names = "--only", paramLabel = "PART", description = "tax, recovery or lanes.")
  @Nullable Part only;

  @Option(names = "--seed", paramLabel = "N", description = "Repeats an earlier run's kills.")
  @Nullable Long seed;

  @Mixin CommonOptions common = new CommonOptions();

  private final Map<String, Object> result = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  @Override
  public Integer call() {
    Output output = common.output();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    result.put("seed", chosen);
    result.put("quick", quick);
    try (BenchStack stack = BenchStack.start();
        Progress progress = new Progress(output)) {
      if (wanted(Part.TAX)) {
        tax(stack, progress);
      }
      if (wanted(Part.RECOVERY)) {
        recovery(stack, progress, new Random(chosen));
      }
      if (wanted(Part.LANES)) {
        lanes(stack, progress);
      }
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    }
    print(output);
    return ExitCode.DONE.code();
  }

  private boolean wanted(Part part) {
    return only == null || only == part;
  }

  private void tax(BenchStack stack, Progress progress) {
    ListenerTax.Plan plan =
        quick ? new ListenerTax.Plan(1_000, 0, 1, 1) : new ListenerTax.Plan(30_000, 2, 7, 3);
    ListenerTax.Result tax =
        new ListenerTax(stack, plan, (done, all) -> progress.show("legs", done, all)).run();
    figures.putAll(tax.ratios());
    result.put("floor", tax.floor());
    result.put("records_per_second", tax.rates());
    result.put("legs", tax.legs());
    result.put("legs_thrown_away", tax.thrownAway());
    result.put("legs_unsteady", tax.unsteady());
  }

  private void recovery(BenchStack stack, Progress progress, RandomGenerator random) {
    int times = quick ? 1 : 7;
    long[] done = {0};
    try (Recovery recovery = new Recovery(stack, random)) {
      figures.putAll(
          recovery.run(times, () -> progress.show("kills and stops", ++done[0], 3L * times)));
      result.put("sigterm_redelivered", recovery.redelivered());
    }
  }

  private void lanes(BenchStack stack, Progress progress) {
    int interactive = quick ? 10 : 150;
    int backlog = quick ? 1_000 : 60_000;
    progress.show("interactive tasks", 0, 2L * interactive);
    try (InteractiveLatency latency = new InteractiveLatency(stack)) {
      InteractiveLatency.Result lanes = latency.run(interactive, backlog);
      progress.show("interactive tasks", 2L * interactive, 2L * interactive);
      figures.put(
          "interactive_p99_ratio",
          Figure.atMost(1.5, InteractiveLatency.DEFINITION, List.of(lanes.ratio())));
      result.put("interactive_p99_idle_ms", Percentile.of(lanes.idle(), 99));
      result.put("interactive_p99_loaded_ms", Percentile.of(lanes.loaded(), 99));
      result.put("interactive_idle_ms", lanes.idle());
      result.put("interactive_loaded_ms", lanes.loaded());
      result.put("bulk_backlog_left", lanes.backlogLeft());
      result.put("bulk_per_second", lanes.bulkPerSecond());
    }
  }

  private void print(Output output) {
    Table table = Table.of("FIGURE", "VALUE", "95 %", "MAX", "GOAL", "MET");
    figures.forEach((name, figure) ->
        table.row(
            name,
            number(figure.value()),
            number(figure.low()) + " to " + number(figure.high()),
            number(figure.max()),
            (figure.atLeast() ? ">= " : "<= ") + number(figure.goal()),
            figure.met() ? output.good("yes") : output.bad("no")));
    output.say(table);
    if (result.get("floor") instanceof Double floor) {
      output.say("floor: %s records a second, the bare loop".formatted(number(floor)));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    figures.forEach((name, figure) -> all.put(name, figure.value()));
    all.putAll(result);
    all.put("figures", figures);
    output.result(all);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
