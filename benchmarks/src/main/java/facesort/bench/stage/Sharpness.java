package facesort.bench.stage;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import javax.imageio.ImageIO;

/** How sharp a photo is: the variance of its Laplacian, a usual measure of blur. */
public final class Sharpness {
  /** Photos with such an id crash the process that works on them. */
  public static final String KILLER = "killer-";

  private static final long NO_MEMORY = 8;

  private Sharpness() {}

  /** The score; the same bytes give the same. */
  public static double of(String photoId, byte[] photo) throws IOException {
    if (photoId.startsWith(KILLER)) {
      crash();
    }
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo));
    if (image == null) {
      throw new IOException(photoId + " is no picture");
    }
    return variance(image);
  }

  /** A real segmentation fault, as a broken native library makes one. */
  @SuppressWarnings("restricted")
  private static void crash() {
    MemorySegment.ofAddress(NO_MEMORY).reinterpret(Long.BYTES).get(ValueLayout.JAVA_BYTE, 0);
  }

  private static double variance(BufferedImage image) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int y = 1; y < image.getHeight() - 1; y++) {
      for (int x = 1; x < image.getWidth() - 1; x++) {
        double edge =
            4 * grey(image, x, y)
                - grey(image, x - 1, y)
                - grey(image, x + 1, y)
                - grey(image, x, y - 1)
                - grey(image, x, y + 1);
        sum += edge;
        squares += edge * edge;
        count++;
      }
    }
    return count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
  }

  private static int grey(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return ((rgb >> 16 & 0xff) * 299 + (rgb >> 8 & 0xff) * 587 + (rgb & 0xff) * 114) / 1000;
  }
}
