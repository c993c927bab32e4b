package facesort.bench.images;

import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import facesort.ops.console.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Damaged image files against the decoder. */
@Command(
    name = "fuzz-images",
    description = "Decode damaged JPEG, PNG and WebP files, and count what came of them.",
    footer = {
      "",
      "Good pictures of every kind are made from the sample photos and damaged: bits, bytes, lengths,",
      "sizes, cuts, repeats, crossings. A process of its own decodes them. Exit code 1 when it died,",
      "hung for ten seconds, failed other than by a refusal, or took more memory than the cap. The",
      "file is kept then, and its seed and index are printed: they make it again.",
      "",
      "Examples:",
      "  facesort bench fuzz-images -o json",
      "  facesort bench fuzz-images --minutes 60",
      "  facesort bench fuzz-images --seed 7 --first 1234 --images 1   # one again"
    })
public final class ImageFuzz implements Callable<Integer> {
  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Damaged files (default: 20000, or what --minutes allows).")
  @Nullable Long images;

  @Option(names = "--minutes", paramLabel = "N", description = "Stop after so long.")
  @Nullable Integer minutes;

  @Option(names = "--seed", paramLabel = "N", description = "Repeats an earlier run.")
  @Nullable Long seed;

  @Option(
      names = "--first",
      paramLabel = "INDEX",
      description = "Where to begin (default: ${DEFAULT-VALUE}).")
  long first;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    if ((images != null && images < 1) || (minutes != null && minutes < 1) || first < 0) {
      throw CommandException.usage("need images >= 1, minutes >= 1 and first >= 0");
    }
    Output output = common.output();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    Path folder = Files.createDirectories(common.data().resolve("fuzz-images"));
    output.say("seed " + chosen);
    FuzzReport report = run(chosen, folder, output);
    print(report, folder, output);
    return (report.right() ? ExitCode.DONE : ExitCode.ERROR).code();
  }

  private FuzzReport run(long chosen, Path folder, Output output) throws IOException {
    long wanted = images != null ? images : minutes == null ? 20_000 : Long.MAX_VALUE;
    long nanos = minutes == null ? Long.MAX_VALUE : TimeUnit.MINUTES.toNanos(minutes);
    long shown = wanted == Long.MAX_VALUE ? 0 : wanted;
    try (FuzzRun run = new FuzzRun(SeedPictures.of(Assets.samplePhotos()), chosen, folder);
        Progress progress = new Progress(output)) {
      return run.run(first, wanted, nanos, done -> progress.show("images", done, shown));
    }
  }

  private static void print(FuzzReport report, Path folder, Output output) {
    Table table = Table.of("OUTCOME", "IMAGES");
    report.outcomes().forEach((word, count) -> table.row(word, count.toString()));
    output.say(table);
    output.say(
        String.format(
            Locale.ROOT,
            "%d images in %.0f s: %d deaths, %d hangs, %d failures; memory rose by %d MiB, cap %d MiB",
            report.images(),
            report.seconds(),
            report.deaths(),
            report.hangs(),
            report.failures(),
            report.peakRssMib(),
            report.capMib()));
    report.findings().forEach(finding -> output.say(output.bad(finding)));
    if (!report.findings().isEmpty()) {
      output.say("the files are in " + folder);
    }
    output.result(report);
    output.say(report.right() ? output.good("all as it must be") : output.bad("not as it must be"));
  }
}
