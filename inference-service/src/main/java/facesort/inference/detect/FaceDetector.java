package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.onnx.ModelOutputs;
import facesort.inference.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Finds faces. One thread at a time; threads may share the model. */
final class FaceDetector implements AutoCloseable {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final float LEAST_SCORE = 0.65f;
  private static final float REPEAT_OVERLAP = 0.4f;

  private final OnnxModel model;
  private final Letterbox letterbox = new Letterbox(WIDTH, HEIGHT);

  FaceDetector(OnnxModel model) {
    this.model = model;
  }

  /** Returns the faces of a picture, BGR, best first, in its pixels. */
  List<Candidate> detect(Mat picture) {
    Letterbox.Field field = letterbox.fill(picture);
    ModelOutputs outputs = model.run(field.numbers(), 1);
    float[] scores = outputs.get("scores");
    float[] boxes = outputs.get("boxes");
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length / 2; i++) {
      float score = scores[2 * i + 1];
      if (score >= LEAST_SCORE) {
        BoundingBox box =
            new BoundingBox(
                boxes[4 * i] * field.across(),
                boxes[4 * i + 1] * field.down(),
                boxes[4 * i + 2] * field.across(),
                boxes[4 * i + 3] * field.down());
        candidates.add(new Candidate(box, score));
      }
    }
    return Candidate.withoutRepeats(candidates, REPEAT_OVERLAP);
  }

  @Override
  public void close() {
    letterbox.close();
  }
}
