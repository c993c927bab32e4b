package facesort.inference.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A photo ready to look for faces in. Its pixels lie outside of the heap until it is closed;
 * whoever decoded it closes it. Any thread may read it.
 *
 * @param facts what outlives the pixels
 * @param reduction how many times smaller {@code pixels} is: 1, 2 or 4
 * @param pixels the upright photo, reduced: blue, green, red, one byte each; owned by this photo
 */
public record DecodedPhoto(PhotoFacts facts, int reduction, Mat pixels) implements AutoCloseable {
  static {
    // A photo has one core. OpenCV's own threads would wait for work on the cores of the others.
    opencv_core.setNumThreads(1);
  }

  @Override
  public void close() {
    pixels.close();
  }
}
