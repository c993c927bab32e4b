package facesort.bench.faces;

import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Figure;
import facesort.bench.measure.Interval;
import facesort.bench.measure.SteadyLegs;
import facesort.bench.photos.PhotoFiles;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import facesort.ops.console.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The face pipeline alone, bytes in memory to embeddings, beside its networks alone. */
@Command(
    name = "faces",
    description = "The face pipeline, bytes in memory to embeddings, beside its networks alone.",
    footer = {
      "",
      "The six sample photos (2.7 megapixels, 3.7 faces each) and the same in 12 megapixels, on one",
      "thread and on two. Each leg must find as many faces on each photo as the first: a run whose",
      "output is wrong fails. Takes about two minutes; --quick some seconds, with figures that mean",
      "nothing.",
      "",
      "Examples:",
      "  facesort bench faces",
      "  facesort bench faces -o json > faces.json"
    })
public final class FacesBench implements Callable<Integer> {
  private static final int TRIES = 3;

  /** What the goals were measured on had so many faces a photo. */
  private static final double GOAL_FACES = 1.5;

  /** Goals are figures measured before with these models, and a tenth of leeway. */
  private static final double LEEWAY = 1.1;

  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Mixin CommonOptions common = new CommonOptions();

  private final Map<String, Object> result = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final SteadyLegs counts = new SteadyLegs(TRIES);

  @Override
  public Integer call() throws IOException {
    Output output = common.output();
    result.put("quick", quick);
    try (FaceModels models =
            FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));
        Progress progress = new Progress(output)) {
      samples(models, progress);
      large(models, progress);
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    }
    result.put("legs_unsteady", counts.unsteady());
    print(output);
    return ExitCode.DONE.code();
  }

  private void samples(FaceModels models, Progress progress) throws IOException {
    try (FaceLegs legs = new FaceLegs(models, PhotoFiles.samples())) {
      for (int threads = 1; threads <= 2; threads++) {
        Series series = series(legs, threads, progress, "samples");
        double goal = (threads == 1 ? 37.3 : 75.0) / LEEWAY;
        figures.put(
            "photos_per_s_with_1_5_faces_" + threads,
            Figure.atLeast(
                goal,
                "photos a second of the pipeline if photos had 1.5 faces, computed of the means of"
                    + " its steps on the sample photos",
                series.pipeline(leg -> leg.photosPerSecondWith(GOAL_FACES))));
        if (threads == 1) {
          steps(series);
        }
      }
    }
  }

  private void steps(Series series) {
    time("decode_ms", 3.6, "bytes to upright pixels, 2.7 MP", series.pipeline("decode"));
    time("detect_net_ms", 2.1, "the detector's first look alone", series.networks("detect"));
    time("landmark_net_ms", 0.34, "the landmark model alone, a face", series.networks("landmarks"));
    time("embed_net_ms", 4.6, "the embedding model alone, a face", series.networks("embed"));
  }

  private void large(FaceModels models, Progress progress) throws IOException {
    try (FaceLegs legs = new FaceLegs(models, PhotoFiles.enlarged(12))) {
      for (int threads = 1; threads <= 2; threads++) {
        Series series = series(legs, threads, progress, "12mp");
        if (threads == 1) {
          time("decode_12mp_ms", 17.3, "bytes to upright pixels, 12 MP", series.pipeline("decode"));
        }
      }
    }
  }

  private void time(String name, double before, String definition, List<Double> samples) {
    figures.put(
        name, Figure.atMost(before * LEEWAY, definition + ": mean of a leg, one thread", samples));
  }

  /** Legs in turn: what is compared is measured side by side. */
  private Series series(FaceLegs legs, int threads, Progress progress, String set) {
    int times = quick ? 1 : 7;
    int rounds = quick ? 1 : 4 * threads;
    Series series = new Series(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < times; i++) {
      progress.show(set + ", threads: " + threads, i, times);
      series.pipelines().add(counts.run(() -> legs.pipeline(threads, rounds)));
      series.bare().add(counts.run(() -> legs.networks(threads, rounds)));
    }
    Leg last = series.pipelines().getLast();
    Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("faces_per_photo", last.facesPerPhoto());
    rates.put("photos_per_s", Interval.of(series.pipeline(Leg::photosPerSecond)));
    rates.put("faces_per_s", Interval.of(series.pipeline(Leg::facesPerSecond)));
    rates.put("networks_photos_per_s", Interval.of(series.networks(Leg::photosPerSecond)));
    rates.put("ratio_to_networks", Interval.of(series.ratios()));
    rates.put("steps_ms", Series.medians(series.pipelines()));
    rates.put("networks_ms", Series.medians(series.bare()));
    result.put(set + "_" + threads, rates);
    lines.add(
        "%s, threads %d: %s photos/s, %s faces/s; networks alone %s photos/s, ratio %s; ms %s"
            .formatted(
                set,
                threads,
                median(series.pipeline(Leg::photosPerSecond)),
                median(series.pipeline(Leg::facesPerSecond)),
                median(series.networks(Leg::photosPerSecond)),
                median(series.ratios()),
                rates.get("steps_ms")));
    return series;
  }

  /** Legs that took turns. */
  private record Series(List<Leg> pipelines, List<Leg> bare) {
    List<Double> pipeline(ToDoubleFunction<Leg> figure) {
      return pipelines.stream().map(figure::applyAsDouble).toList();
    }

    List<Double> networks(ToDoubleFunction<Leg> figure) {
      return bare.stream().map(figure::applyAsDouble).toList();
    }

    List<Double> pipeline(String step) {
      return pipeline(leg -> leg.millis().getOrDefault(step, 0.0));
    }

    List<Double> networks(String step) {
      return networks(leg -> leg.millis().getOrDefault(step, 0.0));
    }

    List<Double> ratios() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < pipelines.size(); i++) {
        ratios.add(pipelines.get(i).photosPerSecond() / bare.get(i).photosPerSecond());
      }
      return ratios;
    }

    /** Of each step that was heard of. */
    static Map<String, Double> medians(List<Leg> legs) {
      Map<String, Double> medians = new TreeMap<>();
      for (String step : legs.getFirst().millis().keySet()) {
        List<Double> samples =
            legs.stream().map(leg -> leg.millis().getOrDefault(step, Double.NaN)).toList();
        medians.put(step, Math.round(Interval.of(samples).median() * 1000) / 1000.0);
      }
      return medians;
    }
  }

  private void print(Output output) {
    Table table = Table.of("FIGURE", "VALUE", "95 %", "GOAL", "MET");
    figures.forEach((name, figure) ->
        table.row(
            name,
            number(figure.value()),
            number(figure.low()) + " to " + number(figure.high()),
            (figure.atLeast() ? ">= " : "<= ") + number(figure.goal()),
            figure.met() ? output.good("yes") : output.bad("no")));
    output.say(table);
    lines.forEach(output::say);
    Map<String, Object> all = new LinkedHashMap<>();
    figures.forEach((name, figure) -> all.put(name, figure.value()));
    all.putAll(result);
    all.put("figures", figures);
    output.result(all);
  }

  private static String median(List<Double> samples) {
    return number(Interval.of(samples).median());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
