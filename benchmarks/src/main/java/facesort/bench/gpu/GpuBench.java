package facesort.bench.gpu;

import facesort.bench.drive.WrongOutput;
import facesort.bench.photos.PhotoFiles;
import facesort.inference.onnx.DeviceChoice;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelDevice;
import facesort.inference.onnx.ModelRefused;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A graphics processor beside the processor: the networks in each batch size, and the pipeline. */
@Command(
    name = "gpu",
    description = "The models on a graphics processor beside the processor, answers compared.",
    footer = {
      "",
      "Wants an NVIDIA GPU, CUDA 12, cuDNN 9, and a build with the Maven profile gpu; without them one",
      "line says so, and the exit code is 69. An answer that differs by more than rounding is exit code 1.",
      "",
      "photos_per_s    photos a second that the detector alone could see, one caller, by batch",
      "faces_per_s     faces a second that could get points and embedding, one caller, by batch",
      "cpu_*           the same on the processor, one caller a core, batch 1: its best shape",
      "ratio_*         the best batch over the processor; the processor is the floor, there is no goal",
      "pipeline_*      photos a second from file to faces, one photo a core at once",
      "least_cosine    between embeddings of both devices on the sample photos; wanted: 0.999",
      "",
      "Examples:",
      "  facesort bench gpu -o json",
      "  facesort bench gpu --device cuda:1 --quick"
    })
public final class GpuBench implements Callable<Integer> {
  private static final long MEMORY = 2L << 30;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cuda or cuda:N.",
      defaultValue = "cuda")
  String device = "cuda";

  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    Output output = common.output();
    Path cache = Assets.cache().resolve("edited-models");
    try (FaceModels gpu = onDevice(cache);
        FaceModels cpu = FaceModels.load(Assets.models(), cache)) {
      Result result = compared(gpu, cpu, PhotoFiles.samples(), quick);
      if (!gpu.device().current().text().startsWith("cuda")) {
        throw new WrongOutput("the device was lost meanwhile, the log says why");
      }
      print(output, result);
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    }
    return ExitCode.DONE.code();
  }

  private FaceModels onDevice(Path cache) {
    if (!device.matches("cuda(:\\d{1,3})?")) {
      throw CommandException.usage("--device is '" + device + "', it must be cuda or cuda:N");
    }
    try {
      return FaceModels.load(
          Assets.models(), cache, ModelDevice.of(DeviceChoice.of(device, MEMORY)));
    } catch (ModelRefused e) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "there is no %s to measure here: %s".formatted(device, e.getMessage()),
          e);
    }
  }

  /**
   * What was measured.
   *
   * @param byBatch photos and faces a second, by batch
   */
  record Result(
      Map<Integer, double[]> byBatch,
      double cpuPhotos,
      double cpuFaces,
      double pipeline,
      double cpuPipeline,
      double leastCosine) {

    double ratio(int which) {
      double best = byBatch.values().stream().mapToDouble(rates -> rates[which]).max().orElse(0);
      return best / (which == 0 ? cpuPhotos : cpuFaces);
    }
  }

  /**
   * Compares two devices.
   *
   * @throws WrongOutput if they do not answer the same
   */
  static Result compared(FaceModels gpu, FaceModels cpu, List<byte[]> photos, boolean quick) {
    Duration time = Duration.ofMillis(quick ? 100 : 3_000);
    try (DeviceLeg fast = new DeviceLeg(gpu, time);
        DeviceLeg floor = new DeviceLeg(cpu, time)) {
      return compared(fast, floor, photos);
    }
  }

  private static Result compared(DeviceLeg fast, DeviceLeg floor, List<byte[]> photos) {
    double cosine = 1;
    for (int i = 0; i < photos.size(); i++) {
      cosine =
          Math.min(
              cosine,
              SameAnswers.faces(
                  "photo " + (i + 1), floor.faces(photos.get(i)), fast.faces(photos.get(i))));
    }
    Map<Integer, double[]> byBatch = new LinkedHashMap<>();
    for (int batch : ModelDevice.CUDA_BUCKETS) {
      var expected = floor.answers(batch);
      fast.answers(batch)
          .forEach((name, found) ->
              SameAnswers.outputs(
                  "%s in a batch of %d".formatted(name, batch),
                  Objects.requireNonNull(expected.get(name)),
                  found));
      byBatch.put(
          batch, new double[] {fast.photosPerSecond(batch, 1), fast.facesPerSecond(batch, 1)});
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return new Result(
        byBatch,
        floor.photosPerSecond(1, cores),
        floor.facesPerSecond(1, cores),
        fast.pipelinePhotosPerSecond(photos),
        floor.pipelinePhotosPerSecond(photos),
        cosine);
  }

  private void print(Output output, Result result) {
    Table table = Table.of("BATCH", "PHOTOS/S", "FACES/S");
    List<Map<String, Object>> batches = new ArrayList<>();
    result
        .byBatch()
        .forEach((batch, rates) -> {
          table.row(Integer.toString(batch), number(rates[0]), number(rates[1]));
          batches.add(Map.of("batch", batch, "photos_per_s", rates[0], "faces_per_s", rates[1]));
        });
    table.row("cpu", number(result.cpuPhotos()), number(result.cpuFaces()));
    output.say(table);
    output.say(
        "pipeline: %s photos/s, on the processor %s; least cosine %.6f"
            .formatted(
                number(result.pipeline()), number(result.cpuPipeline()), result.leastCosine()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("device", device);
    all.put("quick", quick);
    all.put("batches", batches);
    all.put("cpu_photos_per_s", result.cpuPhotos());
    all.put("cpu_faces_per_s", result.cpuFaces());
    all.put("ratio_photos", result.ratio(0));
    all.put("ratio_faces", result.ratio(1));
    all.put("pipeline_photos_per_s", result.pipeline());
    all.put("pipeline_cpu_photos_per_s", result.cpuPipeline());
    all.put("least_cosine", result.leastCosine());
    output.result(all);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
