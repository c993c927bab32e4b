package facesort.delivery;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Real, small JPEG files, a different one for each number. */
final class Pictures {

  private Pictures() {}

  static byte[] jpeg(int number) {
    var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(new Color(0xFFFFFF & (number * 0x9E3779B1)));
    canvas.fillRect(0, 0, 64, 48);
    canvas.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
