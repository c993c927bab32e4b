package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelRefused;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Finds faces, in up to three looks. The first, through a field of 320x240, is always taken and
 * mostly the only one. When it finds nothing, the picture is held away: a face that fills it is
 * seen only with something around it. When small faces are likely, a field of 640x480 is taken in
 * addition, never alone: it misses large faces. One thread at a time; threads may share the models.
 */
public final class FaceDetector implements AutoCloseable {
  private static final int AWAY = 3;
  private static final float LEAST_OVERLAP = 0.8f;

  private final FacePass near;
  private final FacePass far;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FaceDetector(FaceModels models) {
    this.near = new FacePass(models.detect());
    this.far = new FacePass(models.detectFar());
  }

  /**
   * Finds the faces of a picture.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public Detection detect(Mat picture) {
    float pixelSize = near.pixelSize(picture, 1);
    List<Candidate> found = near.look(picture, 1);
    boolean heldAway = found.isEmpty();
    if (heldAway) {
      found = LookRules.large(near.look(picture, AWAY), near.pixelSize(picture, AWAY));
    }
    boolean larger = LookRules.smallFacesLikely(found, pixelSize);
    if (larger) {
      found = LookRules.withSmall(found, far.look(picture, 1), pixelSize);
    }
    return new Detection(found, heldAway, larger);
  }

  /**
   * Has the larger field find a face that is known, which the first look would find without it.
   *
   * @return what it found
   * @throws ModelRefused if it does not
   */
  Candidate check(Mat drawing, BoundingBox known) {
    List<Candidate> found = far.look(drawing, AWAY);
    if (found.size() != 1 || !(found.getFirst().box().overlap(known) >= LEAST_OVERLAP)) {
      throw new ModelRefused(
          "The models find a known face in the larger field at %s, not %s".formatted(found, known));
    }
    return found.getFirst();
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
