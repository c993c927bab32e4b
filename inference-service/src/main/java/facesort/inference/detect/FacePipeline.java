package facesort.inference.detect;

import facesort.inference.detect.StepTimes.Step;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.Point;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * From a decoded photo to its faces. Any number of threads may call it at once. It keeps memory
 * outside of the heap for each of them until it is closed.
 */
public final class FacePipeline implements AutoCloseable {
  private static final int MOST_EMBEDDED = 100;

  private final StagePool pool;
  private final StepTimes times;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FacePipeline(FaceModels models) {
    this(models, StepTimes.UNHEARD);
  }

  /** The same, and somebody hears how long each step takes. */
  public FacePipeline(FaceModels models, StepTimes times) {
    this.pool = new StagePool(() -> FaceStages.of(models));
    this.times = times;
  }

  /**
   * Finds the faces of a photo, largest first. The 100 largest have an embedding.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public List<Face> faces(DecodedPhoto photo) {
    return pool.with(stages -> faces(photo, stages));
  }

  private List<Face> faces(DecodedPhoto photo, FaceStages stages) {
    List<Candidate> found =
        timed(Step.DETECT, () -> stages.detector().detect(photo.pixels())).stream()
            .sorted(Comparator.comparingDouble((Candidate c) -> c.box().area()).reversed())
            .toList();
    List<Face> faces = new ArrayList<>();
    for (Candidate candidate : found) {
      faces.add(
          faces.size() < MOST_EMBEDDED
              ? embedded(candidate, photo, stages)
              : skipped(candidate, photo.reduction(), FailureCode.TOO_MANY_FACES));
    }
    return faces;
  }

  /**
   * Has the models find a face that is known; that warms them up, too.
   *
   * @throws facesort.inference.onnx.ModelRefused if one of them does not compute what it must
   */
  public void check() {
    try (DecodedPhoto golden = GoldenFace.photo()) {
      GoldenFace.require(faces(golden));
    }
  }

  private Face embedded(Candidate candidate, DecodedPhoto photo, FaceStages stages) {
    Mat pixels = photo.pixels();
    List<Point> points =
        timed(Step.LANDMARKS, () -> stages.landmarks().find(pixels, candidate.box()));
    if (!points.stream().allMatch(Point::isFinite)) {
      // Aligned to nothing, all such faces would look alike.
      return skipped(candidate, photo.reduction(), FailureCode.INVALID_OUTPUT);
    }
    Mat aligned = timed(Step.ALIGN, () -> stages.embedder().aligned(pixels, points));
    Embedding embedding = timed(Step.EMBED, () -> stages.embedder().embed(aligned));
    return new Face(
        candidate.box().scaled(photo.reduction()),
        candidate.score(),
        points.stream().map(point -> point.scaled(photo.reduction())).toList(),
        null,
        embedding,
        null);
  }

  private static Face skipped(Candidate candidate, int reduction, FailureCode why) {
    return new Face(
        candidate.box().scaled(reduction), candidate.score(), List.of(), null, null, why);
  }

  private <T> T timed(Step step, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    times.took(step, System.nanoTime() - start);
    return result;
  }

  /** Frees the memory. A thread that still works frees its own when it is done. */
  @Override
  public void close() {
    pool.close();
  }
}
