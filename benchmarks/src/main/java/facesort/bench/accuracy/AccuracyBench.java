package facesort.bench.accuracy;

import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.match.MatchPolicy;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.OutputOptions;
import facesort.ops.console.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How well the product's faces tell one person from two. */
@Command(
    name = "accuracy",
    description = "How well faces tell pictures of one person from pictures of two.",
    footer = {
      "",
      "DIR has a sub-folder of pictures for each person, or pairs.csv with lines of path,path,same;",
      "other files are passed over. Of each picture the largest face counts; a picture without one is",
      "a miss and in no pair. The folder is only read.",
      "",
      "auc       how often a pair of one person scores above a pair of two, ties counted half",
      "tar_1e3   share of pairs of one person above the score that one in 1,000 pairs of two exceeds",
      "",
      "Examples:",
      "  facesort bench accuracy --data faces/",
      "  facesort bench accuracy --data faces/ --identify    # limits for friends and strangers",
      "  facesort bench accuracy --data faces/ -o json"
    })
public final class AccuracyBench implements Callable<Integer> {
  private static final int SAMPLES = 6;
  private static final double[] SIDES = {0, 8, 12, 14, 16, 18, 20, 24, 28, 32, 40, 64, 128, 1000};
  private static final double[] SHARPNESSES = {0, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 10_000};

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of labelled pictures.")
  Path data = Path.of("");

  @Option(
      names = "--identify",
      description = "Also enroll half of the people and let the others be strangers.")
  boolean identify;

  @Option(
      names = "--degrade",
      description =
          "Also shrink and blur the six sample photos and compare their faces with what they were.")
  boolean degrade;

  @Mixin OutputOptions options = new OutputOptions();

  private final Map<String, Object> result = new LinkedHashMap<>();

  @Override
  public Integer call() {
    Output output = options.output();
    Labelled labelled = Labelled.read(data);
    try (FaceModels models =
            FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));
        FaceReader reader = new FaceReader(models)) {
      List<List<Face>> faces = reader.faces(labelled.pictures());
      verify(output, labelled, faces);
      if (identify) {
        identify(output, labelled, faces);
        samples(output, SamplePairs.measured(reader));
      }
      if (degrade) {
        degrade(output, reader);
      }
    }
    output.result(result);
    return ExitCode.DONE.code();
  }

  private void verify(Output output, Labelled labelled, List<List<Face>> faces) {
    Verification scores = scores(labelled, faces);
    long misses = faces.stream().filter(found -> FaceReader.largest(found).isEmpty()).count();
    result.put("images", labelled.pictures().size());
    result.put("pairs", scores.pairs());
    result.put("auc", scores.auc());
    result.put("tar_1e2", scores.trueAcceptsAt(1e-2));
    result.put("tar_1e3", scores.trueAcceptsAt(1e-3));
    result.put("tar_1e4", scores.trueAcceptsAt(1e-4));
    result.put("misses", misses);
    Table table = Table.of("FIGURE", "VALUE", "GOAL ON ORL");
    table.row("auc", number(scores.auc()), ">= 0.994");
    table.row("tar_1e2", number(scores.trueAcceptsAt(1e-2)), "");
    table.row("tar_1e3", number(scores.trueAcceptsAt(1e-3)), ">= 0.83");
    table.row("tar_1e4", number(scores.trueAcceptsAt(1e-4)), "");
    output.say(
        "%d pictures, %d without a usable face, %d pairs"
            .formatted(labelled.pictures().size(), misses, scores.pairs()));
    output.say(table);
  }

  private void identify(Output output, Labelled labelled, List<List<Face>> faces) {
    if (labelled.people().isEmpty()) {
      throw CommandException.usage("--identify needs a sub-folder for each person, not pairs.csv");
    }
    result.put("identify", Identification.of(labelled.people(), faces).print(output));
  }

  private void samples(Output output, SamplePairs pairs) {
    output.say("");
    output.say(
        "The demo's photos: %d photos with a friend on them, cosine %s to %s; %d without that friend, at most %s, then %s; refused: %s"
            .formatted(
                pairs.friends().size(),
                number(pairs.friends().getFirst()),
                number(pairs.friends().getLast()),
                pairs.strangers().size(),
                number(pairs.strangers().getLast()),
                number(pairs.strangers().get(pairs.strangers().size() - 2)),
                pairs.refused()));
    result.put("demo", pairs);
  }

  private void degrade(Output output, FaceReader reader) {
    List<Path> photos =
        IntStream.rangeClosed(1, SAMPLES)
            .mapToObj(number -> Assets.samplePhotos().resolve("sample" + number + ".jpg"))
            .toList();
    List<Degraded> shrunk = Degraded.shrunk(reader, photos);
    List<Degraded> blurred = Degraded.blurred(reader, photos);
    float threshold = MatchPolicy.DEFAULT.threshold();
    List<Degraded.Row> bySide =
        Degraded.rows(shrunk, one -> one.quality().side(), threshold, SIDES);
    List<Degraded.Row> bySharpness =
        Degraded.rows(blurred, one -> one.quality().sharpness(), threshold, SHARPNESSES);
    output.say("");
    output.say("Sample photos made smaller: side in pixels, " + Degraded.Row.COLUMNS);
    bySide.forEach(row -> output.say(row.line()));
    output.say("");
    output.say("Sample photos at half size blurred: sharpness, " + Degraded.Row.COLUMNS);
    bySharpness.forEach(row -> output.say(row.line()));
    result.put("by_side", bySide);
    result.put("by_sharpness", bySharpness);
  }

  private static Verification scores(Labelled labelled, List<List<Face>> faces) {
    return new Verification(scores(labelled, faces, true), scores(labelled, faces, false));
  }

  private static float[] scores(Labelled labelled, List<List<Face>> faces, boolean same) {
    List<Optional<Embedding>> embeddings =
        faces.stream().map(found -> FaceReader.largest(found).map(Face::embedding)).toList();
    List<Float> scores = new ArrayList<>();
    for (Labelled.Pair pair : labelled.pairs()) {
      Optional<Embedding> first = embeddings.get(pair.first());
      Optional<Embedding> second = embeddings.get(pair.second());
      if (pair.same() == same && first.isPresent() && second.isPresent()) {
        scores.add(first.orElseThrow().cosine(second.orElseThrow()));
      }
    }
    float[] array = new float[scores.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = Objects.requireNonNull(scores.get(i));
    }
    return array;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
