package facesort.inference.detect;

import facesort.inference.face.Embedding;
import facesort.inference.face.Point;
import facesort.inference.image.Pixels;
import facesort.inference.onnx.OnnxModel;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Turns a face upright into a square of 112 pixels, eyes and mouth always in the same places, and
 * makes its embedding. Any thread may call it.
 */
final class FaceEmbedder {
  private static final int SIDE = 112;
  private static final int PLANE = SIDE * SIDE;
  private static final int MOST_SAMPLES = 4;
  private static final float MEAN = 127;
  private static final float RANGE = 128;

  /** Where the five points lie in the square: the faces the model has learned from. */
  private static final List<Point> REFERENCE =
      List.of(
          new Point(38.2946f, 51.6963f),
          new Point(73.5318f, 51.5014f),
          new Point(56.0252f, 71.7366f),
          new Point(41.5493f, 92.3655f),
          new Point(70.7299f, 92.2041f));

  private final OnnxModel model;

  FaceEmbedder(OnnxModel model) {
    this.model = model;
  }

  /** Returns the embedding of a face in the square, of length 1. */
  Embedding embed(float[] square) {
    // One face a call: on a CPU a batch takes longer than its faces alone.
    return Embedding.normalised(model.run(square, 1).get("output"));
  }

  /** Returns the square of these planes as BGR, one byte a channel; the caller closes it. */
  static Mat mat(float[] square) {
    byte[] bgr = new byte[square.length];
    for (int i = 0; i < bgr.length; i++) {
      float value = square[i % Pixels.CHANNELS * PLANE + i / Pixels.CHANNELS];
      bgr[i] = (byte) Math.round(value * RANGE + MEAN);
    }
    Mat mat = new Mat(SIDE, SIDE, opencv_core.CV_8UC3);
    mat.data().put(bgr);
    return mat;
  }

  /** Returns the square as blue, green and red planes; outside of the picture is black. */
  static float[] aligned(Pixels picture, List<Point> points) {
    Similarity toPicture = Similarity.fit(points, REFERENCE).inverse();
    int samples = Math.clamp(Math.round(toPicture.scale()), 1, MOST_SAMPLES);
    Sampler sampler = new Sampler(picture);
    float[] square = new float[Pixels.CHANNELS * PLANE];
    float[] bgr = new float[Pixels.CHANNELS];
    for (int at = 0; at < PLANE; at++) {
      Arrays.fill(bgr, 0);
      int column = at % SIDE;
      int row = at / SIDE;
      for (int i = 0; i < samples * samples; i++) {
        int right = i % samples;
        int down = i / samples;
        float x = column + (right + 0.5f) / samples - 0.5f;
        float y = row + (down + 0.5f) / samples - 0.5f;
        Point from = toPicture.apply(x, y);
        sampler.addTo(bgr, from.x(), from.y());
      }
      for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
        square[channel * PLANE + at] = (bgr[channel] / (samples * samples) - MEAN) / RANGE;
      }
    }
    return square;
  }
}
