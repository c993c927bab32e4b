package facesort.inference.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/**
 * The numbers that a model reads: one plane of floats a channel, in memory that the model reads
 * where it is. One thread at a time.
 */
final class ModelInput implements AutoCloseable {
  /** Which of a pixel's channels comes first. */
  enum Order {
    /** Blue, green, red, as OpenCV has them; and grey. */
    AS_STORED,
    /** Red, green, blue. */
    REVERSED
  }

  private final FloatBuffer numbers;
  private final FloatPointer address;
  private final Mat[] bytes;
  private final MatVector split;
  private final Mat[] planes;

  ModelInput(int channels, int rows, int columns, Order order) {
    int plane = rows * columns;
    this.numbers =
        ByteBuffer.allocateDirect(channels * plane * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.address = new FloatPointer(numbers);
    this.bytes =
        Stream.generate(() -> new Mat(rows, columns, CV_8UC1)).limit(channels).toArray(Mat[]::new);
    this.split = new MatVector(bytes);
    this.planes =
        IntStream.range(0, channels)
            .map(channel -> order == Order.AS_STORED ? channel : channels - 1 - channel)
            .mapToObj(at -> new Mat(rows, columns, CV_32FC1, address.getPointer((long) at * plane)))
            .toArray(Mat[]::new);
  }

  /**
   * Returns (value - mean) / range of every value, valid until the next call.
   *
   * @param picture one byte a channel, of just this size
   */
  FloatBuffer fill(Mat picture, double mean, double range) {
    requireSize(picture);
    opencv_core.split(picture, split);
    for (int channel = 0; channel < planes.length; channel++) {
      bytes[channel].convertTo(planes[channel], CV_32F, 1 / range, -mean / range);
    }
    return numbers.rewind();
  }

  /** Another size would be written elsewhere, and the model would read the picture before. */
  private void requireSize(Mat picture) {
    Mat plane = planes[0];
    if (picture.rows() != plane.rows()
        || picture.cols() != plane.cols()
        || picture.channels() != planes.length) {
      throw new IllegalArgumentException(
          "%dx%dx%d instead of %dx%dx%d"
              .formatted(
                  picture.channels(),
                  picture.cols(),
                  picture.rows(),
                  planes.length,
                  plane.cols(),
                  plane.rows()));
    }
  }

  @Override
  public void close() {
    Arrays.stream(planes).forEach(Mat::close);
    split.close();
    Arrays.stream(bytes).forEach(Mat::close);
    address.close();
  }
}
