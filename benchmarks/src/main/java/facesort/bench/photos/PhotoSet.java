package facesort.bench.photos;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Many JPEG files of 1 to 12 megapixels, made from the sample photos: cut by a tenth at most,
 * scaled, a little brighter or darker, no two the same. In mixed order, so that the first few are
 * like all of them.
 *
 * @param folder where they are, and nothing else
 * @param files in their order
 * @param meanMegapixels mean size
 * @param meanBytes mean length of a file
 */
public record PhotoSet(Path folder, List<Path> files, double meanMegapixels, double meanBytes) {
  private static final double[] MEGAPIXELS = {1, 1.5, 2, 3, 4, 6, 8, 12};
  private static final double LARGEST_CUT = 0.1;
  private static final double LARGEST_CONTRAST = 0.05;
  private static final int LARGEST_BRIGHTNESS = 6;
  private static final int WORST_QUALITY = 86;
  private static final int QUALITIES = 8;
  private static final long SEED = 20261122;

  /** Copies the files. */
  public PhotoSet {
    files = List.copyOf(files);
  }

  /**
   * Writes the files.
   *
   * @param samples folder of the sample photos
   * @param target existing, empty folder
   */
  public static PhotoSet make(Path samples, Path target, int count) throws IOException {
    List<Mat> pictures = read(samples);
    try {
      Random random = new Random(SEED);
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      List<Path> files = new ArrayList<>();
      double pixels = 0;
      double bytes = 0;
      for (int number : order) {
        Path file = target.resolve("photo-%04d.jpg".formatted(files.size()));
        int row = number / pictures.size();
        Mat picture = pictures.get(number % pictures.size());
        // Shifted row by row: also few photos have all sizes, and many each picture in each size.
        double megapixels = MEGAPIXELS[(number + row) % MEGAPIXELS.length];
        pixels += write(picture, megapixels, random, file);
        bytes += Files.size(file);
        files.add(file);
      }
      return new PhotoSet(target, files, pixels / count / 1e6, bytes / count);
    } finally {
      pictures.forEach(Mat::close);
    }
  }

  /** Length of all files together. */
  public long bytes() {
    return (long) (meanBytes * files.size());
  }

  private static List<Mat> read(Path samples) throws IOException {
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .filter(file -> file.toString().endsWith(".jpg"))
          .sorted()
          .map(file -> imread(file.toString(), IMREAD_COLOR))
          .toList();
    }
  }

  /** Returns the number of pixels written. */
  private static long write(Mat picture, double megapixels, Random random, Path file)
      throws IOException {
    Rect cut = cut(picture, random);
    double scale = Math.sqrt(megapixels * 1e6 / ((double) cut.width() * cut.height()));
    try (cut;
        Mat part = new Mat(picture, cut);
        Size size =
            new Size(
                (int) Math.round(cut.width() * scale), (int) Math.round(cut.height() * scale));
        Mat scaled = new Mat();
        Mat changed = new Mat()) {
      resize(part, scaled, size, 0, 0, scale < 1 ? INTER_AREA : INTER_CUBIC);
      double contrast = 1 + LARGEST_CONTRAST * (2 * random.nextDouble() - 1);
      double brightness = LARGEST_BRIGHTNESS * (2 * random.nextDouble() - 1);
      scaled.convertTo(changed, -1, contrast, brightness);
      Files.write(file, encoded(changed, WORST_QUALITY + random.nextInt(QUALITIES)));
      return changed.total();
    }
  }

  private static Rect cut(Mat picture, Random random) {
    int left = (int) (random.nextDouble() * LARGEST_CUT / 2 * picture.cols());
    int top = (int) (random.nextDouble() * LARGEST_CUT / 2 * picture.rows());
    int right = (int) (random.nextDouble() * LARGEST_CUT / 2 * picture.cols());
    int bottom = (int) (random.nextDouble() * LARGEST_CUT / 2 * picture.rows());
    return new Rect(left, top, picture.cols() - left - right, picture.rows() - top - bottom);
  }

  private static byte[] encoded(Mat picture, int quality) {
    try (BytePointer buffer = new BytePointer();
        IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      if (!imencode(".jpg", picture, buffer, parameters)) {
        throw new IllegalStateException("OpenCV does not encode a photo");
      }
      byte[] bytes = new byte[Math.toIntExact(buffer.limit())];
      buffer.get(bytes);
      return bytes;
    }
  }
}
