package facesort.bench.pipeline;

import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Figure;
import facesort.bench.measure.Interval;
import facesort.bench.photos.PhotoSet;
import facesort.bench.pipeline.Friends.Enrolling;
import facesort.local.FileTree;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system beside the bare loop that it wraps, and beside a naive one. */
@Command(
    name = "pipeline",
    description = "Photos a second of the whole system over a bare loop and over a naive one.",
    footer = {
      "",
      "Starts broker, registry, database, bucket, Telegram stand-in and all services afresh, and sorts",
      "photos of 1 to 12 megapixels made from the sample photos. The clock runs from the submission of",
      "a job, whose photos lie in the bucket, until everything is delivered and cleaned up. In turn with",
      "it, on the same photos, with all those processes held still:",
      "  bare    decode, detect, embed, match in one warm process with as many threads as cores",
      "  naive   one thread, ImageIO, the whole picture, models as shipped; on the first photos only",
      "",
      "Each photo's faces and friends must be those of the bare loop and each delivery must arrive",
      "once, else there are no figures and the exit code is 1. Takes about six minutes; --quick about",
      "one, with figures that mean nothing.",
      "",
      "Figures:",
      "  ratio_to_bare    photos a second of the system over the bare loop   goal >= 0.85",
      "  ratio_to_naive   photos a second of the system over the naive loop  goal >= 3",
      "",
      "Examples:",
      "  facesort bench pipeline",
      "  facesort bench pipeline -o json > pipeline.json",
      "  facesort bench pipeline --photos 240 --rounds 5"
    })
public final class PipelineBench implements Callable<Integer> {
  private static final double GOAL_BARE = 0.85;
  private static final double GOAL_NAIVE = 3;

  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Option(names = "--photos", paramLabel = "N", description = "Photos of a job (default: 600).")
  @Nullable Integer photos;

  @Option(names = "--rounds", paramLabel = "N", description = "Legs of each (default: 3).")
  @Nullable Integer rounds;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    int count = photos != null ? photos : quick ? 24 : 600;
    if (count < 1 || (rounds != null && rounds < 1)) {
      throw CommandException.usage("--photos and --rounds must be at least 1");
    }
    try {
      Path folder = Files.createTempDirectory("facesort-bench-");
      try {
        run(folder, count, output);
      } finally {
        FileTree.delete(folder);
      }
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    } catch (IOException e) {
      throw CommandException.error("the photos cannot be made: " + e, e);
    }
    return ExitCode.DONE.code();
  }

  private void run(Path folder, int count, Output output) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Path pictures = Files.createDirectory(folder.resolve("photos"));
    Path references = Files.createDirectory(folder.resolve("references"));
    PhotoSet set = PhotoSet.make(Assets.samplePhotos(), pictures, count);
    List<Enrolling> friends = Friends.write(Assets.samplePhotos(), references);
    Rounds.Plan plan =
        quick
            ? new Rounds.Plan(1, Math.min(count, 4), Math.min(count, 24), 1)
            : new Rounds.Plan(
                rounds != null ? rounds : 3, Math.min(count, 40), Math.min(count, 48), 3);
    try (LoopProcess loops =
        LoopProcess.start(set, references, cores, folder.resolve("loops.log"))) {
      loops.bare(count);
      try (WholeSystem system = WholeSystem.start(folder, friends)) {
        Map<String, Double> started = system.cpuSeconds();
        Rounds.Result result = new Rounds(system, loops, set, plan, output::say).run();
        print(output, set, plan, result, new Account(result, started, loops.networks(), cores));
      }
    }
  }

  private void print(
      Output output, PhotoSet set, Rounds.Plan plan, Rounds.Result result, Account account) {
    Map<String, Figure> figures = figures(result);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("quick", quick);
    all.put("photos", set.files().size());
    all.put("mean_megapixels", set.meanMegapixels());
    all.put("mean_bytes", set.meanBytes());
    all.put("faces_per_photo", result.bare().getFirst().facesPerPhoto());
    all.put("deliveries", result.system().getFirst().deliveries().size());
    all.put("naive_photos", plan.naive());
    all.put("naive_faces_per_photo", result.naive().getFirst().facesPerPhoto());
    all.put("naive_same_friends", sameFriends(result));
    all.put("photos_per_s", rate(result.system().stream().map(SystemLeg::photosPerSecond)));
    all.put("bare_photos_per_s", rate(result.bare().stream().map(LoopLeg::photosPerSecond)));
    all.put("naive_photos_per_s", rate(result.naive().stream().map(LoopLeg::photosPerSecond)));
    figures.forEach((name, figure) -> all.put(name, figure.value()));
    all.put("cpu_ratio_to_bare", account.cpuRatio());
    all.put("stages", account.stages());
    all.put("legs_thrown_away", result.thrownAway());
    all.put("legs_unsteady", result.unsteady());
    all.put("figures", figures);
    say(output, all, figures, account);
    output.result(all);
  }

  private static void say(
      Output output, Map<String, Object> all, Map<String, Figure> figures, Account account) {
    Table table = Table.of("FIGURE", "VALUE", "95 %", "GOAL", "MET");
    figures.forEach((name, figure) ->
        table.row(
            name,
            number(figure.value()),
            number(figure.low()) + " to " + number(figure.high()),
            ">= " + number(figure.goal()),
            figure.met() ? output.good("yes") : output.bad("no")));
    output.say(table);
    all.forEach((name, value) -> {
      if (value instanceof Number measured) {
        output.say("%-20s %s".formatted(name, number(measured.doubleValue())));
      }
    });
    output.say(lines("the bare loop's stages, CPU ms a photo", account.bare()));
    output.say(lines("the system's processes, CPU ms a photo", account.processes()));
    output.say(lines("seconds from the submission to the last", account.timeline()));
    output.say(
        "idle cores %.0f %%, until matched %.0f %%; others' processes %.0f %%"
            .formatted(
                100 * account.share(SystemLeg::idleShare),
                100 * account.share(SystemLeg::idleShareMatched),
                100 * account.share(SystemLeg::otherShare)));
  }

  private static Table lines(String heading, Map<String, Double> values) {
    Table table = Table.of(heading, "");
    values.forEach((name, value) -> table.row(name, number(value)));
    return table;
  }

  private static Map<String, Figure> figures(Rounds.Result result) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "ratio_to_bare",
        Figure.atLeast(
            GOAL_BARE,
            "photos a second from POST of the job to all delivered and cleaned up, over those of"
                + " decode, detect, embed and match in one process; pairs of one round",
            ratios(result, result.bare())));
    figures.put(
        "ratio_to_naive",
        Figure.atLeast(
            GOAL_NAIVE,
            "the same over those of one thread with ImageIO, whole pictures and models as shipped",
            ratios(result, result.naive())));
    return figures;
  }

  private static List<Double> ratios(Rounds.Result result, List<LoopLeg> floor) {
    return IntStream.range(0, floor.size())
        .mapToObj(i -> result.system().get(i).photosPerSecond() / floor.get(i).photosPerSecond())
        .toList();
  }

  private static double rate(Stream<Double> rates) {
    return Interval.of(rates.toList()).median();
  }

  /** Share of the naive loop's photos on which it saw the friends that the bare loop saw. */
  private static double sameFriends(Rounds.Result result) {
    List<Seen> naive = result.naive().getFirst().seen();
    List<Seen> bare = result.bare().getFirst().seen();
    return IntStream.range(0, naive.size())
            .filter(i -> naive.get(i).friends().equals(bare.get(i).friends()))
            .count()
        / (double) naive.size();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
