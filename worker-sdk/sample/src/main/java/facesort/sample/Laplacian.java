package facesort.sample;

import facesort.schemas.FailureCode;
import facesort.worker.RejectedTask;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * The variance of the second derivative of a grey picture: high when it is sharp. Immutable; any
 * number of threads may use it.
 */
final class Laplacian {
  /** Changes whenever the scores do: what was scored by the old one is scored again. */
  static final String MODEL = "laplacian-1";

  private Laplacian() {}

  /**
   * Warmed up and checked with a picture whose score is known.
   *
   * @throws IllegalStateException when this machine scores otherwise
   */
  static Laplacian checked() {
    Laplacian laplacian = new Laplacian();
    BufferedImage stripes = new BufferedImage(6, 3, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < stripes.getHeight(); y++) {
      stripes.getRaster().setSample(1, y, 0, 10);
      stripes.getRaster().setSample(3, y, 0, 10);
    }
    double score = laplacian.score(stripes);
    if (score != 318.75) {
      throw new IllegalStateException("Stripes have the score 318.75, not " + score);
    }
    return laplacian;
  }

  /** Scores an encoded picture, or throws {@link RejectedTask} when it is none. */
  double score(byte[] encoded) {
    try {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(encoded));
      if (picture == null) {
        throw new RejectedTask(FailureCode.UNSUPPORTED_TYPE, "The bytes are no known picture");
      }
      return score(picture);
    } catch (IOException e) {
      throw new RejectedTask(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded");
    }
  }

  /** Scores a picture; 0 when it is too small to have an inside. */
  double score(BufferedImage picture) {
    Raster grey = grey(picture).getRaster();
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int y = 1; y < grey.getHeight() - 1; y++) {
      for (int x = 1; x < grey.getWidth() - 1; x++) {
        int second =
            grey.getSample(x - 1, y, 0)
                + grey.getSample(x + 1, y, 0)
                + grey.getSample(x, y - 1, 0)
                + grey.getSample(x, y + 1, 0)
                - 4 * grey.getSample(x, y, 0);
        sum += second;
        squares += (double) second * second;
        count++;
      }
    }
    return count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
  }

  private static BufferedImage grey(BufferedImage picture) {
    if (picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      return picture;
    }
    BufferedImage grey =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D canvas = grey.createGraphics();
    canvas.drawImage(picture, 0, 0, null);
    canvas.dispose();
    return grey;
  }
}
