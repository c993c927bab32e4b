package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
import facesort.inference.face.Point;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** From a decoded photo to its faces. Any number of threads may call it at once. */
public final class FacePipeline {
  private final FaceDetector detector;
  private final LandmarkFinder landmarks;
  private final FaceEmbedder embedder;
  private final FaceRule rule;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FacePipeline(FaceModels models) {
    this(models, FaceRule.DEFAULT);
  }

  /** The same with other limits for the faces that are embedded. */
  public FacePipeline(FaceModels models, FaceRule rule) {
    this.rule = rule;
    this.detector = new FaceDetector(models);
    this.landmarks = new LandmarkFinder(models.landmark());
    this.embedder = new FaceEmbedder(models.feature());
  }

  /**
   * Finds the faces of a photo, largest first. Those within the limits have an embedding, the
   * others say why not.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public List<Face> faces(DecodedPhoto photo) {
    List<Candidate> found =
        detector.detect(photo.pixels()).faces().stream()
            .sorted(Comparator.comparingDouble((Candidate c) -> c.box().area()).reversed())
            .toList();
    List<Face> faces = new ArrayList<>();
    for (Candidate candidate : found) {
      faces.add(face(candidate, faces.size(), photo));
    }
    return faces;
  }

  /**
   * Has the models find a face that is known; that warms them up, too.
   *
   * @throws facesort.inference.onnx.ModelRefused if one of them does not compute what it must
   */
  public void check() {
    DecodedPhoto drawing = GoldenFace.photo();
    GoldenFace.require(faces(drawing));
    detector.check(drawing.pixels(), GoldenFace.BOX);
  }

  private Face face(Candidate candidate, int rank, DecodedPhoto photo) {
    BoundingBox box = candidate.box().scaled(photo.reduction());
    FailureCode unseen = rule.beforeLooking(box, rank);
    if (unseen != null) {
      return new Face(box, candidate.score(), List.of(), null, null, unseen);
    }
    List<Point> found = landmarks.find(photo.pixels(), candidate.box());
    if (!found.stream().allMatch(Point::isFinite)) {
      return new Face(box, candidate.score(), List.of(), null, null, FailureCode.INVALID_OUTPUT);
    }
    List<Point> points = found.stream().map(point -> point.scaled(photo.reduction())).toList();
    float[] planes = FaceEmbedder.aligned(photo.pixels(), found);
    FaceQuality quality;
    try (Mat aligned = FaceEmbedder.mat(planes)) {
      quality = FaceMeasure.of(box, points, aligned);
    }
    FailureCode useless = rule.beforeEmbedding(quality);
    return useless == null
        ? Face.embedded(box, candidate.score(), points, quality, embedder.embed(planes))
        : new Face(box, candidate.score(), points, quality, null, useless);
  }
}
