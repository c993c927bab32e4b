package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.ModelOutputs;
import facesort.inference.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One look for faces through a field of fixed size. The picture is put into it without distortion;
 * what it leaves of the field is grey. Any thread may call it.
 *
 * <p>Source: UltraFace RFB-320 (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB"), whose graph
 * gives boxes as parts of the field. Input (p - 127) / 128; red, green, blue, since blue first
 * finds fewer small faces (27 of 66 against 38); score at least 0.65; repeats from an overlap of
 * 0.4.
 */
public final class FacePass {
  private static final float LEAST_SCORE = 0.65f;
  private static final float REPEAT_OVERLAP = 0.4f;
  private static final float MEAN = 127;
  private static final float RANGE = 128;

  private final OnnxModel model;
  private final int width;
  private final int height;
  private final int distance;
  private final int left;
  private final int top;

  /**
   * Looks through a detector.
   *
   * @param distance 1 shows the picture as large as the field, in its upper left; 3 a third as
   *     large, in its middle
   */
  public FacePass(OnnxModel model, int distance) {
    this.model = model;
    this.width = model.columns();
    this.height = model.rows();
    this.distance = distance;
    this.left = (width - width / distance) / 2;
    this.top = (height - height / distance) / 2;
  }

  /** Returns the faces it sees, each once, best first, in the picture's pixels. */
  public List<Candidate> look(Pixels picture) {
    int factor = Math.max(1, (int) pixelSize(picture));
    Pixels small = picture.shrunk(factor);
    float scale = pixelSize(small);
    ModelOutputs outputs = model.run(field(small, scale), 1).finite();
    float[] scores = outputs.get("scores");
    float[] boxes = outputs.get("boxes");
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length / 2; i++) {
      float score = scores[2 * i + 1];
      if (score >= LEAST_SCORE) {
        candidates.add(new Candidate(box(boxes, i, scale * factor), score));
      }
    }
    return Candidate.withoutRepeats(candidates, REPEAT_OVERLAP);
  }

  /** Returns how many of the picture's pixels lie along one of the field. */
  float pixelSize(Pixels picture) {
    float across = picture.width() / (float) width;
    float down = picture.height() / (float) height;
    return distance * Math.max(across, down);
  }

  private BoundingBox box(float[] boxes, int index, float pixelSize) {
    int at = 4 * index;
    return new BoundingBox(
        (boxes[at] * width - left) * pixelSize,
        (boxes[at + 1] * height - top) * pixelSize,
        (boxes[at + 2] * width - left) * pixelSize,
        (boxes[at + 3] * height - top) * pixelSize);
  }

  /** Returns the field as red, green and blue planes, 0 where the picture does not reach. */
  private float[] field(Pixels picture, float scale) {
    int plane = width * height;
    float[] field = new float[Pixels.CHANNELS * plane];
    Sampler sampler = new Sampler(picture);
    float[] bgr = new float[Pixels.CHANNELS];
    for (int y = 0; y < height; y++) {
      float fromY = (y - top + 0.5f) * scale - 0.5f;
      for (int x = 0; x < width; x++) {
        float fromX = (x - left + 0.5f) * scale - 0.5f;
        if (!sampler.covers((int) Math.floor(fromX), (int) Math.floor(fromY))) {
          continue;
        }
        Arrays.fill(bgr, 0);
        sampler.addTo(bgr, fromX, fromY);
        int at = y * width + x;
        field[at] = (bgr[2] - MEAN) / RANGE;
        field[at + plane] = (bgr[1] - MEAN) / RANGE;
        field[at + 2 * plane] = (bgr[0] - MEAN) / RANGE;
      }
    }
    return field;
  }
}
