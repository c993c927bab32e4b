package facesort.sample;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures for tests. */
final class Pictures {
  private static final int WIDTH = 5;

  private Pictures() {}

  static BufferedImage noise(Random random, int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.getRaster().setSample(x, y, 0, random.nextInt(256));
      }
    }
    return picture;
  }

  /** Each pixel is the mean of its neighbourhood. */
  static BufferedImage blurred(BufferedImage picture) {
    float[] mean = new float[WIDTH * WIDTH];
    Arrays.fill(mean, 1f / mean.length);
    return new ConvolveOp(new Kernel(WIDTH, WIDTH, mean), ConvolveOp.EDGE_ZERO_FILL, null)
        .filter(picture, null)
        .getSubimage(WIDTH, WIDTH, picture.getWidth() - 2 * WIDTH, picture.getHeight() - 2 * WIDTH);
  }

  static byte[] blurred(byte[] encoded) {
    try {
      return encoded(blurred(ImageIO.read(new ByteArrayInputStream(encoded))), "jpg");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] encoded(BufferedImage picture, String format) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(picture, format, bytes)) {
        throw new IllegalArgumentException(format);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It begins like a PNG, and its chunks are none. */
  static byte[] broken() {
    byte[] bytes = encoded(noise(new Random(7), 32, 32), "png");
    Arrays.fill(bytes, 20, bytes.length, (byte) 0x5a);
    return bytes;
  }
}
