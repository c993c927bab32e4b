package facesort.bench.detect;

import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.OutputOptions;
import facesort.ops.console.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recall and wrong boxes of the detector, beside its first look alone and a plain merge. */
@Command(
    name = "detect",
    description = "Which faces are found, and what is taken for one; the figures do not vary.",
    footer = {
      "",
      "Scenes are made of the sample photos, whose faces are labelled; a face is found when a box",
      "overlaps it by 0.4. Each cell is faces found of those there, and boxes that are no face.",
      "Goal: on x1 every face and nothing else, on close-ups nothing else.",
      "",
      "Examples:",
      "  facesort bench detect",
      "  facesort bench detect -o json",
      "  facesort bench detect --data DIR    # pictures with exactly one face each"
    })
public final class DetectBench implements Callable<Integer> {
  private static final double[] DISTANCES = {1, 1.5, 2, 2.5, 3, 4};
  private static final double[] CLOSENESS = {0.8, 1.1, 1.5, 2};
  private static final double[] BESIDE = {2, 3, 4};
  private static final double[] ENLARGED = {1, 4, 16};

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of pictures (jpg, png, pgm, webp) with one face each, subfolders too.")
  @Nullable Path data;

  @Mixin OutputOptions options = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Output output = options.output();
    List<Lookers.Row> rows = new ArrayList<>();
    try (FaceModels models =
            FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));
        Lookers lookers = new Lookers(models)) {
      rows.addAll(samples(lookers));
      if (data != null) {
        rows.addAll(folder(lookers, data));
      }
    }
    requireRight(rows.getFirst());
    print(output, rows);
    return ExitCode.DONE.code();
  }

  /** The rows of the sample photos, first the photos as they are. */
  static List<Lookers.Row> samples(Lookers lookers) {
    List<Lookers.Row> rows = new ArrayList<>();
    for (double times : DISTANCES) {
      rows.add(lookers.look(named("x", times), Scenes.shrunk(times).stream()));
    }
    for (double times : CLOSENESS) {
      rows.add(lookers.look(named("close-up ", times), Scenes.closeUps(times).stream()));
    }
    for (double times : BESIDE) {
      rows.add(lookers.look(named("large beside x", times), Scenes.beside(times).stream()));
    }
    rows.add(lookers.look("no face", Scenes.empty().stream()));
    return rows;
  }

  private static List<Lookers.Row> folder(Lookers lookers, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(file -> file.toString().matches(".*\\.(jpe?g|png|pgm|webp)"))
              .sorted()
              .toList();
    }
    List<Lookers.Row> rows = new ArrayList<>();
    for (double times : ENLARGED) {
      Stream<Scene> scenes = files.stream().map(file -> Scenes.oneFace(file, times));
      rows.add(lookers.look(named("folder, enlarged ", times), scenes));
    }
    return rows;
  }

  private static String named(String set, double times) {
    return set + (times == Math.rint(times) ? String.valueOf((int) times) : String.valueOf(times));
  }

  private static void requireRight(Lookers.Row photos) {
    if (!photos.detector().equals(new Score(photos.faces(), 0))) {
      throw new CommandException(
          ExitCode.ERROR,
          "wrong output: on the photos %s of %d faces"
              .formatted(photos.detector(), photos.faces()));
    }
  }

  private static void print(Output output, List<Lookers.Row> rows) {
    Table table =
        Table.of("SET", "PICTURES", "FACES", "320 ALONE", "PLAIN MERGE", "DETECTOR", "FAR", "AWAY");
    rows.forEach(row ->
        table.row(
            row.set(),
            row.pictures(),
            row.faces(),
            cell(row.first()),
            cell(row.merged()),
            cell(row.detector()),
            share(row.far(), row.pictures()),
            share(row.away(), row.pictures())));
    output.say(table);
    Map<String, Object> sets = new LinkedHashMap<>();
    rows.forEach(row -> sets.put(row.set(), row));
    output.result(sets);
  }

  private static String cell(Score score) {
    return "%d, %d wrong".formatted(score.found(), score.wrong());
  }

  private static String share(int part, int all) {
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * part / all);
  }
}
