package facesort.bench.faces;

import facesort.bench.drive.WrongOutput;
import facesort.inference.detect.Detection;
import facesort.inference.detect.FaceDetector;
import facesort.inference.detect.FacePipeline;
import facesort.inference.detect.FaceRule;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;

/**
 * Runs photos through the pipeline, and the same number of inputs that are ready beforehand through
 * the same networks: what the pipeline could reach if decoding, scaling and aligning were free.
 */
final class FaceLegs implements AutoCloseable {
  private final FaceModels models;
  private final List<byte[]> photos;
  private final Clock clock = new Clock();
  private final FacePipeline pipeline;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final FloatBuffer field = numbers(3 * 240 * 320);
  private final FloatBuffer crop = numbers(64 * 64);
  private final FloatBuffer square = numbers(3 * 112 * 112);
  private final FloatBuffer farField = numbers(3 * 480 * 640);
  private final List<Integer> faces;
  private final List<Detection> looks;

  /** Finds the faces once: that warms up, and all legs must find as many. */
  FaceLegs(FaceModels models, List<byte[]> photos) {
    this.models = models;
    this.photos = photos;
    this.pipeline = new FacePipeline(models, FaceRule.DEFAULT, clock);
    this.faces = photos.stream().map(this::found).toList();
    try (FaceDetector detector = new FaceDetector(models)) {
      this.looks = photos.stream().map(photo -> looks(detector, photo)).toList();
    }
    clock.drain();
  }

  /** Bytes in memory to embeddings. */
  Leg pipeline(int threads, int rounds) {
    return leg(threads, rounds, photo -> found(photos.get(photo)));
  }

  /** The networks alone, as often as the pipeline runs them. */
  Leg networks(int threads, int rounds) {
    return leg(threads, rounds, this::bare);
  }

  private int found(byte[] file) {
    long start = System.nanoTime();
    try (DecodedPhoto photo = decoder.decode(file)) {
      clock.decoded(System.nanoTime() - start);
      return pipeline.faces(photo).size();
    } catch (RejectedPhoto e) {
      throw new WrongOutput("a sample photo was refused: " + e.code());
    }
  }

  private Detection looks(FaceDetector detector, byte[] file) {
    try (DecodedPhoto photo = decoder.decode(file)) {
      return detector.detect(photo.pixels());
    } catch (RejectedPhoto e) {
      throw new WrongOutput("a sample photo was refused: " + e.code());
    }
  }

  private int bare(int photo) {
    Detection detection = looks.get(photo);
    run(models.detect(), field, "detect");
    if (detection.away()) {
      run(models.detect(), field, "detect");
    }
    if (detection.far()) {
      run(models.detectFar(), farField, "detect_far");
    }
    for (int face = 0; face < faces.get(photo); face++) {
      run(models.landmark(), crop, "landmarks");
      run(models.feature(), square, "embed");
    }
    return faces.get(photo);
  }

  private void run(OnnxModel model, FloatBuffer input, String network) {
    long start = System.nanoTime();
    model.run(input.duplicate(), 1);
    clock.add(network, System.nanoTime() - start);
  }

  private Leg leg(int threads, int rounds, IntUnaryOperator work) {
    List<Future<Integer>> answers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < rounds * photos.size(); i++) {
        int photo = i % photos.size();
        answers.add(workers.submit(() -> work.applyAsInt(photo)));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int i = 0; i < answers.size(); i++) {
      requireSame(i % photos.size(), answer(answers.get(i)));
    }
    return new Leg(threads, rounds, faces, seconds, clock.drain());
  }

  private void requireSame(int photo, int found) {
    if (found != faces.get(photo)) {
      throw new WrongOutput(
          "photo %d has %d faces, and at first %d".formatted(photo, found, faces.get(photo)));
    }
  }

  private static int answer(Future<Integer> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a photo failed", e.getCause());
    }
  }

  /** The same at every run. */
  private static FloatBuffer numbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    FloatBuffer numbers =
        ByteBuffer.allocateDirect(count * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      numbers.put(i, (float) random.nextDouble(-1, 1));
    }
    return numbers;
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
