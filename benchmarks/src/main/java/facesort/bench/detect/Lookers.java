package facesort.bench.detect;

import facesort.inference.detect.Candidate;
import facesort.inference.detect.Detection;
import facesort.inference.detect.FaceDetector;
import facesort.inference.detect.FacePass;
import facesort.inference.face.BoundingBox;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The three ways to look for faces that are compared, over the same scenes. */
final class Lookers implements AutoCloseable {
  private static final float REPEAT_OVERLAP = 0.4f;

  private final PhotoDecoder decoder = new PhotoDecoder();
  private final FacePass first;
  private final FacePass far;
  private final FaceDetector detector;

  Lookers(FaceModels models) {
    this.first = new FacePass(models.detect());
    this.far = new FacePass(models.detectFar());
    this.detector = new FaceDetector(models);
  }

  /**
   * What came of a set of scenes.
   *
   * @param set name of the set
   * @param pictures how many scenes
   * @param faces how many faces are on them
   * @param first by the 320x240 field alone
   * @param merged by both fields, repeats removed
   * @param detector by the product's detector
   * @param far scenes that it looked at through the larger field, too
   * @param away scenes that it held away, too
   */
  record Row(
      String set,
      int pictures,
      int faces,
      Score first,
      Score merged,
      Score detector,
      int far,
      int away) {

    Row plus(Row other) {
      return new Row(
          set,
          pictures + other.pictures,
          faces + other.faces,
          first.plus(other.first),
          merged.plus(other.merged),
          detector.plus(other.detector),
          far + other.far,
          away + other.away);
    }
  }

  Row look(String set, Stream<Scene> scenes) {
    return scenes
        .map(scene -> one(set, scene))
        .reduce(Row::plus)
        .orElseThrow(() -> new IllegalArgumentException("no pictures in " + set));
  }

  private Row one(String set, Scene scene) {
    try (DecodedPhoto photo = decoded(scene)) {
      return one(set, scene, photo);
    }
  }

  private Row one(String set, Scene scene, DecodedPhoto photo) {
    List<Candidate> near = first.look(photo.pixels(), 1);
    List<Candidate> both = new ArrayList<>(near);
    both.addAll(far.look(photo.pixels(), 1));
    Detection detection = detector.detect(photo.pixels());
    return new Row(
        set,
        1,
        scene.expected(),
        score(scene, photo, near),
        score(scene, photo, Candidate.withoutRepeats(both, REPEAT_OVERLAP)),
        score(scene, photo, detection.faces()),
        detection.far() ? 1 : 0,
        detection.away() ? 1 : 0);
  }

  private DecodedPhoto decoded(Scene scene) {
    try {
      return decoder.decode(scene.file());
    } catch (RejectedPhoto e) {
      throw new IllegalStateException("a scene was refused", e);
    }
  }

  private static Score score(Scene scene, DecodedPhoto photo, List<Candidate> found) {
    List<BoundingBox> boxes =
        found.stream().map(candidate -> candidate.box().scaled(photo.reduction())).toList();
    return Score.of(scene, boxes);
  }

  @Override
  public void close() {
    first.close();
    far.close();
    detector.close();
  }
}
