package facesort.bench;

import facesort.inference.detect.FacePipeline;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The face pipeline alone, bytes in memory to embeddings: photos and faces a second on one and two
 * threads beside the floor, which is the bare embedding network run once for every face.
 */
public final class FacesBench {

  private static final int FLOOR_RUNS = 100;
  private static final int INPUT = 3 * 112 * 112;

  private final FaceModels models;
  private final FacePipeline pipeline;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final List<byte[]> photos;

  FacesBench(FaceModels models, List<byte[]> photos) {
    this.models = models;
    this.pipeline = new FacePipeline(models);
    this.photos = photos;
  }

  /**
   * What one leg did.
   *
   * @param faces faces found over all rounds: the output check
   * @param decodeMillis time in decoding, all threads together
   * @param facesMillis time in the rest of the pipeline, all threads together
   */
  record Leg(
      int threads, int photos, int faces, double seconds, double decodeMillis, double facesMillis) {

    String line() {
      return String.format(
          Locale.ROOT,
          "%d thread(s): %.1f photos/s, %.1f faces/s; per photo decode %.1f ms, faces %.1f ms",
          threads,
          photos / seconds,
          faces / seconds,
          decodeMillis / photos,
          facesMillis / photos);
    }
  }

  /** Runs rounds over all photos; each thread takes whole photos. */
  Leg run(int threads, int rounds) {
    var faces = new AtomicInteger();
    var decoding = new AtomicLong();
    var finding = new AtomicLong();
    long start = System.nanoTime();
    try (var workers = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < rounds; round++) {
        for (var photo : photos) {
          workers.execute(() -> faces.addAndGet(one(photo, decoding, finding)));
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Leg(
        threads,
        rounds * photos.size(),
        faces.get(),
        seconds,
        decoding.get() / 1e6,
        finding.get() / 1e6);
  }

  private int one(byte[] photo, AtomicLong decoding, AtomicLong finding) {
    long begin = System.nanoTime();
    try {
      var decoded = decoder.decode(photo);
      long middle = System.nanoTime();
      int found = pipeline.faces(decoded).size();
      decoding.addAndGet(middle - begin);
      finding.addAndGet(System.nanoTime() - middle);
      return found;
    } catch (RejectedPhoto e) {
      throw new IllegalStateException("a sample photo was refused", e);
    }
  }

  /** Milliseconds of the embedding network alone, for one face. */
  double floorMillis() {
    var input = new float[INPUT];
    for (int run = 0; run < FLOOR_RUNS; run++) {
      models.feature().run(input, 1);
    }
    long start = System.nanoTime();
    for (int run = 0; run < FLOOR_RUNS; run++) {
      models.feature().run(input, 1);
    }
    return (System.nanoTime() - start) / 1e6 / FLOOR_RUNS;
  }

  static List<byte[]> samplePhotos() throws IOException {
    try (var files = Files.list(Assets.samplePhotos())) {
      return files
          .filter(file -> file.toString().endsWith(".jpg"))
          .sorted()
          .map(FacesBench::read)
          .toList();
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Prints the legs. */
  @Command(
      name = "faces",
      description = "The face pipeline alone, bytes in memory to embeddings, over its floor.",
      footer = {"", "Examples:", "  facesort bench faces", "  facesort bench faces -o json"})
  static final class Faces implements Callable<Integer> {
    @Mixin CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
      Output output = common.output();
      try (var models = FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"))) {
        var bench = new FacesBench(models, samplePhotos());
        bench.run(2, 10);
        double floor = bench.floorMillis();
        List<Leg> legs = List.of(bench.run(1, 20), bench.run(2, 20));
        output.say(
            String.format(
                Locale.ROOT, "floor: %.2f ms a face, the embedding network alone", floor));
        legs.forEach(leg -> output.say(leg.line()));
        output.result(Map.of("floor_ms", floor, "legs", legs));
      }
      return ExitCode.DONE.code();
    }
  }
}
