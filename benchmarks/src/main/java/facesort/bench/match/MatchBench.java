package facesort.bench.match;

import facesort.bench.drive.WrongOutput;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import facesort.ops.console.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finding the nearest friends of a face, beside the naive loop and the memory's speed. */
@Command(
    name = "match",
    description = "How long a face takes against galleries of 10 to 100,000 exemplars.",
    footer = {
      "",
      "One thread, 512 numbers an exemplar, one face at a time and 32 together, beside a plain double",
      "loop and the speed of reading memory in the same rounds. All answers must be those of the",
      "double loop, else the command fails. About a minute; --quick leaves out 100,000.",
      "",
      "  bandwidth_fraction_100k  share of the memory's speed at 100,000; goal >= 0.8",
      "  ms_10k                   milliseconds of a face against 10,000; goal <= 1.5",
      "  recall_at_5              of the five nearest friends by double; 1, else exit code 1",
      "",
      "Examples:",
      "  facesort bench match",
      "  facesort bench match -o json > match.json",
      "  facesort bench match --quick"
    })
public final class MatchBench implements Callable<Integer> {
  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    MatchScaling.Plan plan = quick ? MatchScaling.Plan.QUICK : MatchScaling.Plan.FULL;
    MatchScaling.Result result;
    try (Progress progress = new Progress(output)) {
      result = new MatchScaling(plan, (done, all) -> progress.show("rounds", done, all)).run();
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    }
    print(output, result);
    return ExitCode.DONE.code();
  }

  private void print(Output output, MatchScaling.Result result) {
    Table times = Table.of("EXEMPLARS", "FACES", "P50 ms", "P99 ms", "NAIVE ms", "FASTER");
    for (QueryLeg.Summary leg : result.legs()) {
      times.row(
          Integer.toString(leg.exemplars()),
          Integer.toString(leg.batch()),
          number(leg.p50Ms()),
          number(leg.p99Ms()),
          number(leg.naiveMs()),
          number(leg.ratioToNaive()));
    }
    output.say(times);
    Table goals = Table.of("FIGURE", "VALUE", "95 %", "GOAL", "MET");
    result
        .figures()
        .forEach((name, figure) ->
            goals.row(
                name,
                number(figure.value()),
                number(figure.low()) + " to " + number(figure.high()),
                (figure.atLeast() ? ">= " : "<= ") + number(figure.goal()),
                figure.met() ? output.good("yes") : output.bad("no")));
    output.say(goals);
    result.numbers().forEach((name, number) -> output.say(name + ": " + number));
    output.result(all(result));
  }

  private Map<String, Object> all(MatchScaling.Result result) {
    Map<String, Object> all = new LinkedHashMap<>();
    result.figures().forEach((name, figure) -> all.put(name, figure.value()));
    all.putAll(result.numbers());
    all.put("quick", quick);
    all.put("legs", result.legs());
    all.put("figures", result.figures());
    return all;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value < 0.1 ? "%.4f" : "%.3f", value);
  }
}
