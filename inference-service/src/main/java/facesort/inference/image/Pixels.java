package facesort.inference.image;

import java.util.Arrays;

/**
 * A decoded picture: blue, green, red, one byte each, row by row. Shared, never changed after
 * construction.
 */
public final class Pixels {
  /** Bytes of one pixel. */
  public static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] bgr;

  /** Takes over the array: the caller writes to it no more. */
  public Pixels(int width, int height, byte[] bgr) {
    if (width < 1 || height < 1 || bgr.length != width * height * CHANNELS) {
      throw new IllegalArgumentException(width + "x" + height + " in " + bgr.length + " bytes");
    }
    this.width = width;
    this.height = height;
    this.bgr = bgr;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns a channel (0 blue, 1 green, 2 red) of a pixel inside the picture, 0 to 255. */
  public int at(int x, int y, int channel) {
    return bgr[(y * width + x) * CHANNELS + channel] & 0xFF;
  }

  /** Returns the picture with both sides divided by {@code factor}: each pixel is a mean. */
  public Pixels shrunk(int factor) {
    if (factor == 1) {
      return this;
    }
    int columns = width / factor;
    int rows = height / factor;
    byte[] small = new byte[columns * rows * CHANNELS];
    int[] sums = new int[columns * CHANNELS];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(sums, 0);
      for (int y = row * factor; y < (row + 1) * factor; y++) {
        addRow(y, factor, sums);
      }
      int start = row * sums.length;
      for (int i = 0; i < sums.length; i++) {
        small[start + i] = (byte) (sums[i] / (factor * factor));
      }
    }
    return new Pixels(columns, rows, small);
  }

  private void addRow(int y, int factor, int[] sums) {
    int from = y * width * CHANNELS;
    for (int sum = 0; sum < sums.length; sum += CHANNELS) {
      int blue = 0;
      int green = 0;
      int red = 0;
      for (int i = 0; i < factor; i++) {
        blue += bgr[from++] & 0xFF;
        green += bgr[from++] & 0xFF;
        red += bgr[from++] & 0xFF;
      }
      sums[sum] += blue;
      sums[sum + 1] += green;
      sums[sum + 2] += red;
    }
  }
}
