package facesort.inference.detect;

import facesort.inference.onnx.ModelOutputs;
import facesort.inference.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Looks for faces through a field of fixed size. The picture is put into it without distortion;
 * what it leaves of the field is grey. One thread at a time; threads may share the model.
 *
 * <p>Source: UltraFace RFB-320 (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB"), whose graph
 * gives boxes as parts of the field. Input (p - 127) / 128; red, green, blue, since blue first
 * finds fewer small faces (27 of 66 against 38); score at least 0.65; repeats from an overlap of
 * 0.4.
 */
public final class FacePass implements AutoCloseable {
  private static final float LEAST_SCORE = 0.65f;
  private static final float REPEAT_OVERLAP = 0.4f;

  private final OnnxModel model;
  private final Letterbox letterbox;

  /** Looks through a detector. */
  public FacePass(OnnxModel model) {
    this.model = model;
    this.letterbox = new Letterbox(model.columns(), model.rows());
  }

  /**
   * Returns the faces it sees, each once, best first, in the pixels of the picture.
   *
   * @param picture blue, green, red, one byte each
   * @param distance 1 shows the picture as large as the field, in its upper left; 3 a third as
   *     large, in its middle
   */
  public List<Candidate> look(Mat picture, int distance) {
    Letterbox.Field field = letterbox.fill(picture, distance);
    ModelOutputs outputs = model.run(field.numbers(), 1).finite();
    float[] scores = outputs.get("scores");
    float[] boxes = outputs.get("boxes");
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length / 2; i++) {
      float score = scores[2 * i + 1];
      if (score >= LEAST_SCORE) {
        candidates.add(new Candidate(field.inPicture(boxes, 4 * i), score));
      }
    }
    return Candidate.withoutRepeats(candidates, REPEAT_OVERLAP);
  }

  /** Returns how many of the picture's pixels lie along one of the field. */
  float pixelSize(Mat picture, int distance) {
    return (float) letterbox.scale(picture, distance);
  }

  @Override
  public void close() {
    letterbox.close();
  }
}
