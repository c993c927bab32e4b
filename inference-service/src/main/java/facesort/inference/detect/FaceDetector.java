package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelRefused;
import java.util.List;

/**
 * Finds faces, in up to three looks. The first, through a field of 320x240, is always taken and
 * mostly the only one. When it finds nothing, the picture is held away: a face that fills it is
 * seen only with something around it. When small faces are likely, a field of 640x480 is taken in
 * addition, never alone: it misses large faces. Any thread may call it.
 */
public final class FaceDetector {
  private static final int AWAY = 3;
  private static final float LEAST_OVERLAP = 0.8f;

  private final FacePass first;
  private final FacePass away;
  private final FacePass far;
  private final FacePass farAway;

  /** Uses the models as long as it lives; whoever opened them closes them. */
  public FaceDetector(FaceModels models) {
    this.first = new FacePass(models.detect(), 1);
    this.away = new FacePass(models.detect(), AWAY);
    this.far = new FacePass(models.detectFar(), 1);
    this.farAway = new FacePass(models.detectFar(), AWAY);
  }

  /**
   * Finds the faces of a picture.
   *
   * @throws facesort.inference.onnx.InferenceFailed if a model fails
   */
  public Detection detect(Pixels picture) {
    float pixelSize = first.pixelSize(picture);
    List<Candidate> found = first.look(picture);
    boolean heldAway = found.isEmpty();
    if (heldAway) {
      found = LookRules.large(away.look(picture), away.pixelSize(picture));
    }
    boolean larger = LookRules.smallFacesLikely(found, pixelSize);
    if (larger) {
      found = LookRules.withSmall(found, far.look(picture), pixelSize);
    }
    return new Detection(found, heldAway, larger);
  }

  /**
   * Has the larger field find a face that is known, which the first look would find without it.
   *
   * @throws ModelRefused if it does not
   */
  void check(Pixels drawing, BoundingBox known) {
    List<Candidate> found = farAway.look(drawing);
    if (found.size() != 1 || !(found.getFirst().box().overlap(known) >= LEAST_OVERLAP)) {
      throw new ModelRefused(
          "The models find a known face in the larger field at %s, not %s".formatted(found, known));
    }
  }
}
