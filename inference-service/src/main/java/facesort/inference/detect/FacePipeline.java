package facesort.inference.detect;

import facesort.inference.detect.StepTimes.Step;
import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
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
  private final StagePool pool;
  private final FaceRule rule;
  private final StepTimes times;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FacePipeline(FaceModels models) {
    this(models, FaceRule.DEFAULT, StepTimes.UNHEARD);
  }

  /** The same with other limits for the faces that are embedded. */
  public FacePipeline(FaceModels models, FaceRule rule) {
    this(models, rule, StepTimes.UNHEARD);
  }

  /** The same, and somebody hears how long each step takes. */
  public FacePipeline(FaceModels models, FaceRule rule, StepTimes times) {
    this.pool = new StagePool(() -> FaceStages.of(models));
    this.rule = rule;
    this.times = times;
  }

  /**
   * Finds the faces of a photo, largest first. The 100 largest have an embedding.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public List<Face> faces(DecodedPhoto photo) {
    return pool.with(stages -> faces(photo, rule, stages));
  }

  private List<Face> faces(DecodedPhoto photo, FaceRule limits, FaceStages stages) {
    List<Candidate> found =
        timed(Step.DETECT, () -> stages.detector().detect(photo.pixels())).faces().stream()
            .sorted(Comparator.comparingDouble((Candidate c) -> c.box().area()).reversed())
            .toList();
    List<Face> faces = new ArrayList<>();
    for (Candidate candidate : found) {
      faces.add(face(candidate, limits, faces.size(), photo, stages));
    }
    return faces;
  }

  /**
   * Has the models find a face that is known, whatever the limits are; that warms them up, too.
   *
   * @throws facesort.inference.onnx.ModelRefused if one of them does not compute what it must
   */
  public void check() {
    try (DecodedPhoto drawing = GoldenFace.photo()) {
      GoldenFace.require(pool.with(stages -> faces(drawing, FaceRule.DEFAULT, stages)));
      var _ = pool.with(stages -> stages.detector().check(drawing.pixels(), GoldenFace.BOX));
    }
  }

  private Face face(
      Candidate candidate, FaceRule limits, int rank, DecodedPhoto photo, FaceStages stages) {
    BoundingBox box = candidate.box().scaled(photo.reduction());
    FailureCode unseen = limits.beforeLooking(box, rank);
    if (unseen != null) {
      return new Face(box, candidate.score(), List.of(), null, null, unseen);
    }
    List<Point> found =
        timed(Step.LANDMARKS, () -> stages.landmarks().find(photo.pixels(), candidate.box()));
    if (!found.stream().allMatch(Point::isFinite)) {
      // Aligned to nothing, all such faces would look alike.
      return new Face(box, candidate.score(), List.of(), null, null, FailureCode.INVALID_OUTPUT);
    }
    List<Point> points = found.stream().map(point -> point.scaled(photo.reduction())).toList();
    Mat aligned = timed(Step.ALIGN, () -> stages.embedder().aligned(photo.pixels(), found));
    FaceQuality quality = FaceMeasure.of(box, points, aligned);
    FailureCode useless = limits.beforeEmbedding(quality);
    if (useless != null) {
      return new Face(box, candidate.score(), points, quality, null, useless);
    }
    Embedding embedding = timed(Step.EMBED, () -> stages.embedder().embed(aligned));
    return Face.embedded(box, candidate.score(), points, quality, embedding);
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
