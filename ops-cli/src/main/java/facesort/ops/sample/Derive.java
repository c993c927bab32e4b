package facesort.ops.sample;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.util.function.Consumer;

/** Makes pictures of pictures. Pure: arguments are not changed. */
final class Derive {
  private static final float DARK = 0.45f;

  private Derive() {}

  static BufferedImage mirrored(BufferedImage image) {
    AffineTransform flip = new AffineTransform(-1, 0, 0, 1, image.getWidth(), 0);
    return drawn(image.getWidth(), image.getHeight(), g -> g.drawImage(image, flip, null));
  }

  /** Turned a quarter to the left: Exif orientation 6 turns it back. */
  static BufferedImage turnedLeft(BufferedImage image) {
    AffineTransform turn = new AffineTransform(0, -1, 1, 0, 0, image.getWidth());
    int newWidth = image.getHeight();
    int newHeight = image.getWidth();
    return drawn(newWidth, newHeight, g -> g.drawImage(image, turn, null));
  }

  static BufferedImage darker(BufferedImage image) {
    BufferedImage copy = scaled(image, image.getWidth(), image.getHeight());
    return new RescaleOp(DARK, 0, null).filter(copy, null);
  }

  static BufferedImage halfSize(BufferedImage image) {
    return scaled(image, image.getWidth() / 2, image.getHeight() / 2);
  }

  /** Side by side, as high as the lower one; the higher one is scaled down. */
  static BufferedImage besideEachOther(BufferedImage left, BufferedImage right) {
    int height = Math.min(left.getHeight(), right.getHeight());
    int leftWidth = left.getWidth() * height / left.getHeight();
    int rightWidth = right.getWidth() * height / right.getHeight();
    return drawn(
        leftWidth + rightWidth,
        height,
        g -> {
          g.drawImage(left, 0, 0, leftWidth, height, null);
          g.drawImage(right, leftWidth, 0, rightWidth, height, null);
        });
  }

  static BufferedImage cropped(BufferedImage image, Box box) {
    return drawn(box.width(), box.height(), g -> g.drawImage(image, -box.left(), -box.top(), null));
  }

  /** Hills under an evening sky. */
  static BufferedImage landscape(int width, int height) {
    return drawn(
        width,
        height,
        g -> {
          g.setPaint(
              new GradientPaint(
                  0, 0, new Color(70, 110, 190), 0, height, new Color(250, 190, 120)));
          g.fillRect(0, 0, width, height);
          for (int hill = 0; hill < 3; hill++) {
            g.setPaint(new Color(60 - 15 * hill, 100 - 25 * hill, 70 - 15 * hill));
            g.fill(hill(width, height, hill));
          }
        });
  }

  private static Path2D hill(int width, int height, int nearness) {
    Path2D outline = new Path2D.Double();
    outline.moveTo(0, height);
    for (int x = 0; x <= width; x += 8) {
      double wave = Math.sin(x * 6.0 / width + 2 * nearness) + Math.sin(x * 17.0 / width) / 4;
      outline.lineTo(x, height * (0.6 + 0.12 * nearness) - height * 0.08 * wave);
    }
    outline.lineTo(width, height);
    outline.closePath();
    return outline;
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    return drawn(width, height, g -> g.drawImage(image, 0, 0, width, height, null));
  }

  private static BufferedImage drawn(int width, int height, Consumer<Graphics2D> drawing) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    drawing.accept(graphics);
    graphics.dispose();
    return image;
  }
}
