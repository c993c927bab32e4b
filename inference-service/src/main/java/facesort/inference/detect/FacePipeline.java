package facesort.inference.detect;

import facesort.inference.face.Face;
import facesort.inference.face.Point;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.FailureCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** From a decoded photo to its faces. Any number of threads may call it at once. */
public final class FacePipeline {
  private static final int MOST_EMBEDDED = 100;

  private final FaceDetector detector;
  private final LandmarkFinder landmarks;
  private final FaceEmbedder embedder;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FacePipeline(FaceModels models) {
    this.detector = new FaceDetector(models.detect());
    this.landmarks = new LandmarkFinder(models.landmark());
    this.embedder = new FaceEmbedder(models.feature());
  }

  /**
   * Finds the faces of a photo, largest first. The 100 largest have an embedding.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public List<Face> faces(DecodedPhoto photo) {
    List<Candidate> found =
        detector.detect(photo.pixels()).stream()
            .sorted(Comparator.comparingDouble((Candidate c) -> c.box().area()).reversed())
            .toList();
    List<Face> faces = new ArrayList<>();
    for (Candidate candidate : found) {
      faces.add(
          faces.size() < MOST_EMBEDDED
              ? embedded(candidate, photo.pixels(), photo.reduction())
              : boxOnly(candidate, photo.reduction()));
    }
    return faces;
  }

  /**
   * Has the models find a face that is known; that warms them up, too.
   *
   * @throws facesort.inference.onnx.ModelRefused if one of them does not compute what it must
   */
  public void check() {
    GoldenFace.require(faces(GoldenFace.photo()));
  }

  private Face embedded(Candidate candidate, Pixels pixels, int reduction) {
    List<Point> points = landmarks.find(pixels, candidate.box());
    return Face.embedded(
        candidate.box().scaled(reduction),
        candidate.score(),
        points.stream().map(point -> point.scaled(reduction)).toList(),
        null,
        embedder.embed(pixels, points));
  }

  private static Face boxOnly(Candidate candidate, int reduction) {
    return new Face(
        candidate.box().scaled(reduction),
        candidate.score(),
        List.of(),
        null,
        null,
        FailureCode.TOO_MANY_FACES);
  }
}
