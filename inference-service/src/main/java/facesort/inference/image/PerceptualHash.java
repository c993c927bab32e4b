package facesort.inference.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A fingerprint of how a photo looks: copies of a photo that were resized, compressed or brightened
 * differ in few of its 64 bits, other photos in about half of the 63 that are in use.
 *
 * <p>The photo in grey, 32 by 32; its cosine transform; whether each of the 8 by 8 lowest
 * frequencies is above their median, row by row, the constant one left out (as in C. Zauner,
 * Implementation and Benchmarking of Perceptual Image Hash Functions, 2010). Sums are whole numbers
 * and the transform is Java's own arithmetic, so that every machine finds the same bits. Takes 0.2
 * ms of any size.
 */
public final class PerceptualHash {
  private static final int SIDE = 32;
  private static final int LOW = 8;

  /** Pixels looked at for one of the 32 by 32, along each side: enough of them to be its mean. */
  private static final int SAMPLES = 8;

  private static final double[][] COSINES = cosines();

  private PerceptualHash() {}

  /** Returns the fingerprint of a picture of type CV_8UC3, as 16 hexadecimal digits. */
  public static String of(Mat bgr) {
    double[][] low = lowFrequencies(grey(bgr));
    double[] sorted = Arrays.stream(low).flatMapToDouble(Arrays::stream).skip(1).sorted().toArray();
    double median = sorted[sorted.length / 2];
    long bits = 0;
    for (int i = 0; i < LOW * LOW; i++) {
      boolean above = i > 0 && low[i / LOW][i % LOW] > median;
      bits = bits << 1 | (above ? 1 : 0);
    }
    return "%016x".formatted(bits);
  }

  private static int[][] grey(Mat bgr) {
    int[] columns = samples(bgr.cols(), 3);
    int[] rows = samples(bgr.rows(), 1);
    long step = bgr.step();
    ByteBuffer pixels = bgr.data().capacity(step * bgr.rows()).asByteBuffer();
    int[][] sums = new int[SIDE][SIDE];
    for (int y = 0; y < rows.length; y++) {
      int[] sum = sums[y / SAMPLES];
      int row = (int) (rows[y] * step);
      for (int x = 0; x < columns.length; x++) {
        int at = row + columns[x];
        sum[x / SAMPLES] +=
            29 * (pixels.get(at) & 0xFF)
                + 150 * (pixels.get(at + 1) & 0xFF)
                + 77 * (pixels.get(at + 2) & 0xFF);
      }
    }
    return sums;
  }

  /** Returns where the samples along a side lie, evenly, times a factor. */
  private static int[] samples(int side, int factor) {
    int[] samples = new int[SIDE * SAMPLES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (int) ((2L * i + 1) * side / (2L * samples.length)) * factor;
    }
    return samples;
  }

  private static double[][] lowFrequencies(int[][] grey) {
    double[][] ofRows = new double[SIDE][];
    for (int y = 0; y < SIDE; y++) {
      ofRows[y] = transformed(Arrays.stream(grey[y]).asDoubleStream().toArray());
    }
    double[][] low = new double[LOW][LOW];
    double[] column = new double[SIDE];
    for (int u = 0; u < LOW; u++) {
      for (int y = 0; y < SIDE; y++) {
        column[y] = ofRows[y][u];
      }
      double[] transformed = transformed(column);
      for (int v = 0; v < LOW; v++) {
        // What is nothing but rounding becomes exactly nothing.
        low[v][u] = Math.rint(transformed[v]);
      }
    }
    return low;
  }

  private static double[] transformed(double[] values) {
    double[] low = new double[LOW];
    for (int u = 0; u < LOW; u++) {
      for (int x = 0; x < SIDE; x++) {
        low[u] += COSINES[u][x] * values[x];
      }
    }
    return low;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[LOW][SIDE];
    for (int u = 0; u < LOW; u++) {
      double scale = StrictMath.sqrt((u == 0 ? 1.0 : 2.0) / SIDE);
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = scale * StrictMath.cos((2 * x + 1) * u * StrictMath.PI / (2 * SIDE));
      }
    }
    return cosines;
  }
}
