package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoFacts;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ModelRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A drawn face, nobody's, whose box and embedding are known: what the models must find before the
 * first photo. It goes through all three, so a provider that computes something else is seen here
 * and not in who gets whose photos.
 */
final class GoldenFace {
  private static final int SIDE = 256;
  private static final int CHANNELS = 3;
  private static final float LEAST_COSINE = 0.999f;
  private static final float LEAST_OVERLAP = 0.9f;
  static final BoundingBox BOX = new BoundingBox(75.4f, 48.8f, 184.8f, 210.8f);
  private static final String EMBEDDING = "golden-embedding.f32";

  private static final Shape[] DRAWING = {
    new Shape(128, 128, 300, 300, 0xB4A08C),
    new Shape(128, 105, 76, 95, 0x28323C),
    new Shape(128, 250, 90, 60, 0x785A46),
    new Shape(128, 190, 28, 50, 0x8CAAD2),
    new Shape(128, 128, 62, 82, 0x9BBEE6),
    new Shape(104, 108, 15, 4, 0x1E2832),
    new Shape(152, 108, 15, 4, 0x1E2832),
    new Shape(104, 120, 12, 6, 0xF0F0F0),
    new Shape(152, 120, 12, 6, 0xF0F0F0),
    new Shape(104, 120, 5, 6, 0x321E14),
    new Shape(152, 120, 5, 6, 0x321E14),
    new Shape(128, 138, 8, 20, 0x8CB0DA),
    new Shape(122, 153, 4, 3, 0x50648C),
    new Shape(134, 153, 4, 3, 0x50648C),
    new Shape(128, 176, 22, 7, 0x5A5ABE),
    new Shape(128, 175, 20, 2, 0x32326E),
  };

  /** An ellipse, filled with one colour: blue, green, red. */
  private record Shape(int x, int y, int halfWidth, int halfHeight, int bgr) {
    boolean covers(int column, int row) {
      long across = (long) (column - x) * halfHeight;
      long down = (long) (row - y) * halfWidth;
      long edge = (long) halfWidth * halfHeight;
      return across * across + down * down <= edge * edge;
    }
  }

  private GoldenFace() {}

  /** The drawing: the same bytes on every machine. The caller closes it. */
  static DecodedPhoto photo() {
    byte[] bgr = new byte[SIDE * SIDE * CHANNELS];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int at = (row * SIDE + column) * CHANNELS;
        int colour = colour(column, row);
        bgr[at] = (byte) (colour >> 16);
        bgr[at + 1] = (byte) (colour >> 8);
        bgr[at + 2] = (byte) colour;
      }
    }
    Mat pixels = new Mat(SIDE, SIDE, CV_8UC3);
    pixels.data().put(bgr);
    return new DecodedPhoto(new PhotoFacts("image/png", 1, SIDE, SIDE), 1, pixels);
  }

  private static int colour(int column, int row) {
    int colour = 0;
    for (Shape shape : DRAWING) {
      colour = shape.covers(column, row) ? shape.bgr() : colour;
    }
    return colour;
  }

  /**
   * Compares what was found with what is known.
   *
   * @throws ModelRefused if it differs by more than rounding
   */
  static void require(List<Face> found) {
    if (found.size() != 1) {
      throw new ModelRefused(
          "The models find " + found.size() + " faces on a drawing that has one");
    }
    Face face = found.getFirst();
    Embedding embedding = face.embedding();
    float overlap = face.box().overlap(BOX);
    float cosine = embedding == null ? Float.NaN : embedding.cosine(embedding());
    // Written so that NaN is refused.
    if (!(overlap >= LEAST_OVERLAP && cosine >= LEAST_COSINE)) {
      throw new ModelRefused(
          "The models find a known face with overlap %.3f and cosine %.5f, not 1 and 1"
              .formatted(overlap, cosine));
    }
  }

  /** The embedding that is known. */
  static Embedding embedding() {
    try (InputStream file = GoldenFace.class.getResourceAsStream(EMBEDDING)) {
      if (file == null) {
        throw new IllegalStateException(EMBEDDING + " is not in the jar");
      }
      return Embedding.fromBytes(
          ByteBuffer.wrap(file.readNBytes(FaceModels.DIMENSION * Float.BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
