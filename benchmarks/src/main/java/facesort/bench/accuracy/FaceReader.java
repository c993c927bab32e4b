package facesort.bench.accuracy;

import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Face;
import facesort.inference.image.RejectedPhoto;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds the faces of labelled pictures as the product does, on two threads. */
record FaceReader(FacePipeline pipeline) {
  private static final int THREADS = 2;

  /** The faces of each picture, largest first; none where it cannot be read. */
  List<List<Face>> faces(List<Path> pictures) {
    return faces(pictures, picture -> {});
  }

  /** The same of pictures that were changed before. */
  List<List<Face>> faces(List<Path> pictures, Consumer<Mat> change) {
    try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<Face>>> found =
          pictures.stream().map(file -> workers.submit(() -> faces(file, change))).toList();
      return found.stream().map(FaceReader::done).toList();
    }
  }

  /** The largest face, if it has an embedding. */
  static Optional<Face> largest(List<Face> faces) {
    return faces.stream().findFirst().filter(face -> face.embedding() != null);
  }

  private List<Face> faces(Path file, Consumer<Mat> change) {
    try {
      return pipeline.faces(Picture.read(file, change));
    } catch (RejectedPhoto e) {
      return List.of();
    }
  }

  private static List<Face> done(Future<List<Face>> found) {
    try {
      return found.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a model failed", e);
    }
  }
}
