package facesort.bench.gpu;

import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelOutputs;
import facesort.inference.onnx.OnnxModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** One device's models: how fast they answer, and what. */
final class DeviceLeg implements AutoCloseable {
  private static final long SEED = 20_260_101;
  private static final int WARM_UP = 3;

  private final FaceModels models;
  private final FacePipeline pipeline;
  private final Duration time;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** Measures each thing for so long. */
  DeviceLeg(FaceModels models, Duration time) {
    this.models = models;
    this.pipeline = new FacePipeline(models);
    this.time = time;
  }

  /**
   * The networks alone, by name. Not the larger field: 32 of them take gigabytes, and the faces of
   * the samples have gone through it.
   */
  private Map<String, OnnxModel> networks() {
    Map<String, OnnxModel> networks = new LinkedHashMap<>();
    networks.put("detect", models.detect());
    networks.put("landmark", models.landmark());
    networks.put("feature", models.feature());
    return networks;
  }

  /** What each network answers to the same inputs, which are random. */
  Map<String, ModelOutputs> answers(int batch) {
    Map<String, ModelOutputs> answers = new LinkedHashMap<>();
    networks().forEach((name, model) -> answers.put(name, model.run(input(model, batch), batch)));
    return answers;
  }

  /** Photos a second that the detector could see, one caller, so many at once. */
  double photosPerSecond(int batch, int callers) {
    return itemsPerSecond(models.detect(), batch, callers);
  }

  /** Faces a second that could get their points and their embedding. */
  double facesPerSecond(int batch, int callers) {
    return 1
        / (1 / itemsPerSecond(models.landmark(), batch, callers)
            + 1 / itemsPerSecond(models.feature(), batch, callers));
  }

  private double itemsPerSecond(OnnxModel model, int batch, int callers) {
    float[] input = input(model, batch);
    for (int i = 0; i < WARM_UP; i++) {
      var _ = model.run(input, batch);
    }
    return batch * callsPerSecond(callers, () -> model.run(input, batch));
  }

  /** Photos a second of the whole pipeline, file to faces, one photo a core at once. */
  double pipelinePhotosPerSecond(List<byte[]> photos) {
    AtomicLong next = new AtomicLong();
    return callsPerSecond(
        threads, () -> faces(photos.get((int) (next.getAndIncrement() % photos.size()))));
  }

  /** The faces of a photo. */
  List<Face> faces(byte[] file) {
    try (DecodedPhoto photo = new PhotoDecoder().decode(file)) {
      return pipeline.faces(photo);
    } catch (RejectedPhoto e) {
      throw new IllegalStateException("a sample photo was refused", e);
    }
  }

  private double callsPerSecond(int callers, Runnable call) {
    AtomicLong calls = new AtomicLong();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < callers; i++) {
        running.add(
            workers.submit(() -> {
              do {
                call.run();
                calls.incrementAndGet();
              } while (System.nanoTime() < end);
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model failed: " + e.getCause(), e);
    }
    return calls.get() / ((System.nanoTime() - begun) / 1e9);
  }

  private static float[] input(OnnxModel model, int batch) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] input = new float[batch * model.itemSize()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) random.nextDouble(-1, 1);
    }
    return input;
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
