package facesort.local.telegram;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** What Telegram asks of a photo: 10 MB, sides of 10,000 together, no more than 20 to 1. */
final class PhotoLimits {
  private static final int MOST_BYTES = 10 << 20;
  private static final int MOST_SIDES = 10_000;
  private static final int MOST_RATIO = 20;

  private PhotoLimits() {}

  /** Width and height in pixels. */
  record Size(int width, int height) {}

  /** The photo's size; throws {@link ApiError} when Telegram would refuse it. */
  static Size check(byte[] photo) {
    if (photo.length > MOST_BYTES) {
      throw ApiError.badRequest("file is too big");
    }
    Size size = size(photo);
    int longer = Math.max(size.width(), size.height());
    int shorter = Math.min(size.width(), size.height());
    if (longer + shorter > MOST_SIDES || longer > MOST_RATIO * shorter) {
      throw ApiError.badRequest("PHOTO_INVALID_DIMENSIONS");
    }
    return size;
  }

  private static Size size(byte[] photo) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(photo))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw ApiError.badRequest("IMAGE_PROCESS_FAILED");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return new Size(reader.getWidth(0), reader.getHeight(0));
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw ApiError.badRequest("IMAGE_PROCESS_FAILED");
    }
  }
}
