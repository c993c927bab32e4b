package facesort.bench.accuracy;

import facesort.inference.detect.FacePipeline;
import facesort.inference.detect.FaceRule;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Finds the faces of pictures as the product does, on two threads, however small they are. */
final class FaceReader implements AutoCloseable {
  private static final int THREADS = 2;
  private static final FaceRule ALL = new FaceRule(0, 0, 180);

  private final FacePipeline pipeline;

  FaceReader(FaceModels models) {
    this.pipeline = new FacePipeline(models, ALL);
  }

  /**
   * The faces of each picture, largest first; none where it cannot be read. A small picture in
   * which no face is seen is looked at once more with twice the room around it.
   */
  List<List<Face>> faces(List<Path> pictures) {
    return inTurn(pictures.stream().<Callable<List<Face>>>map(file -> () -> faces(file)).toList());
  }

  /** The largest face, if it has an embedding. */
  static Optional<Face> largest(List<Face> faces) {
    return faces.stream().findFirst().filter(face -> face.embedding() != null);
  }

  /** The faces of a photo that the product's decoder reads by itself; none where it cannot. */
  List<Face> asGiven(Path file) {
    try {
      return faces(Picture.asGiven(file));
    } catch (RejectedPhoto e) {
      return List.of();
    }
  }

  /** The faces of a picture, made smaller and blurred before. */
  List<Face> faces(Path file, double side, double blur) {
    try {
      return faces(Picture.read(file, side, blur));
    } catch (RejectedPhoto e) {
      return List.of();
    }
  }

  private List<Face> faces(Path file) {
    try {
      List<Face> faces = faces(Picture.read(file, Picture.ROOM));
      return faces.isEmpty() ? faces(Picture.read(file, 2 * Picture.ROOM)) : faces;
    } catch (RejectedPhoto e) {
      return List.of();
    }
  }

  private List<Face> faces(DecodedPhoto read) {
    try (DecodedPhoto photo = read) {
      return pipeline.faces(photo);
    }
  }

  /** Does all, two at a time; the answers are in the order of the questions. */
  static <V> List<V> inTurn(List<Callable<V>> work) {
    try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
      List<Future<V>> answers = work.stream().map(workers::submit).toList();
      List<V> done = new ArrayList<>();
      for (Future<V> answer : answers) {
        done.add(answer.get());
      }
      return List.copyOf(done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model failed", e);
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
