package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.ModelOutputs;
import facesort.inference.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds faces. The picture is put into the upper left of a 320x240 field without distortion; what
 * it leaves of the field is grey. Any thread may call it.
 */
final class FaceDetector {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final float LEAST_SCORE = 0.65f;
  private static final float REPEAT_OVERLAP = 0.4f;
  private static final float MEAN = 127;
  private static final float RANGE = 128;

  private final OnnxModel model;

  FaceDetector(OnnxModel model) {
    this.model = model;
  }

  /** Returns the faces of a picture, best first, in its pixels. */
  List<Candidate> detect(Pixels picture) {
    int factor = Math.max(1, (int) fieldScale(picture));
    Pixels small = picture.shrunk(factor);
    float scale = fieldScale(small);
    ModelOutputs outputs = model.run(field(small, scale), 1).finite();
    float[] scores = outputs.get("scores");
    float[] boxes = outputs.get("boxes");
    float across = scale * WIDTH * factor;
    float down = scale * HEIGHT * factor;
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < scores.length / 2; i++) {
      float score = scores[2 * i + 1];
      if (score >= LEAST_SCORE) {
        BoundingBox box =
            new BoundingBox(
                boxes[4 * i] * across,
                boxes[4 * i + 1] * down,
                boxes[4 * i + 2] * across,
                boxes[4 * i + 3] * down);
        candidates.add(new Candidate(box, score));
      }
    }
    return Candidate.withoutRepeats(candidates, REPEAT_OVERLAP);
  }

  /** Returns how many of the picture's pixels fall on one of the field. */
  private static float fieldScale(Pixels picture) {
    return Math.max(picture.width() / (float) WIDTH, picture.height() / (float) HEIGHT);
  }

  /** Returns the field as red, green and blue planes, 0 where the picture does not reach. */
  private static float[] field(Pixels picture, float scale) {
    int plane = WIDTH * HEIGHT;
    float[] field = new float[Pixels.CHANNELS * plane];
    Sampler sampler = new Sampler(picture);
    float[] bgr = new float[Pixels.CHANNELS];
    for (int y = 0; y < HEIGHT; y++) {
      float fromY = (y + 0.5f) * scale - 0.5f;
      for (int x = 0; x < WIDTH; x++) {
        float fromX = (x + 0.5f) * scale - 0.5f;
        if (!sampler.covers((int) Math.floor(fromX), (int) Math.floor(fromY))) {
          continue;
        }
        Arrays.fill(bgr, 0);
        sampler.addTo(bgr, fromX, fromY);
        int at = y * WIDTH + x;
        field[at] = (bgr[2] - MEAN) / RANGE;
        field[at + plane] = (bgr[1] - MEAN) / RANGE;
        field[at + 2 * plane] = (bgr[0] - MEAN) / RANGE;
      }
    }
    return field;
  }
}
