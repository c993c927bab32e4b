package facesort.inference.detect;

import facesort.inference.face.Embedding;
import facesort.inference.face.Point;
import facesort.inference.onnx.OnnxModel;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Turns a face upright into a square of 112 pixels, eyes and mouth always in the same places, and
 * makes its embedding. One thread at a time; threads may share the model.
 */
final class FaceEmbedder implements AutoCloseable {
  private static final int SIDE = 112;

  /** Measured on photos in sizes of 1 to 4: the embeddings of a face differ least with it. */
  private static final double MOST_SCALE = 1.5;

  private static final double MEAN = 127;
  private static final double RANGE = 128;

  /**
   * Where the five points lie in the square: the faces the model has learned from. From ArcFace (J.
   * Deng et al., CVPR 2019), as InsightFace publishes them in {@code face_align.py} ({@code
   * arcface_dst}): SphereFace's points for 96x112, moved to the right by 8.
   */
  private static final List<Point> REFERENCE =
      List.of(
          new Point(38.2946f, 51.6963f),
          new Point(73.5318f, 51.5014f),
          new Point(56.0252f, 71.7366f),
          new Point(41.5493f, 92.3655f),
          new Point(70.7299f, 92.2041f));

  private final OnnxModel model;
  private final FaceCrop crop = new FaceCrop(SIDE, MOST_SCALE);
  // Blue, green, red: measured better than the order that the models' package uses.
  private final ModelInput input = new ModelInput(3, SIDE, SIDE, ModelInput.Order.AS_STORED);

  FaceEmbedder(OnnxModel model) {
    this.model = model;
  }

  /**
   * Returns the square, BGR, one byte a channel; outside of the picture is black. The next call
   * overwrites it.
   *
   * @param points left eye, right eye, nose, left and right mouth corner as seen in the picture
   */
  Mat aligned(Mat picture, List<Point> points) {
    return crop.of(picture, Similarity.fit(points, REFERENCE).inverse());
  }

  /** Returns the embedding of a face that is aligned, of length 1. */
  Embedding embed(Mat aligned) {
    // One face a call: on a CPU a batch takes longer than its faces alone.
    return Embedding.normalised(model.run(input.fill(aligned, MEAN, RANGE), 1).get("output"));
  }

  @Override
  public void close() {
    crop.close();
    input.close();
  }
}
