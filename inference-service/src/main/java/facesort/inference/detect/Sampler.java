package facesort.inference.detect;

import facesort.inference.image.Pixels;

/**
 * Reads a picture between its pixels: bilinear, pixel centres at half positions. Just outside the
 * picture the edge goes on for one pixel, then everything is black.
 */
final class Sampler {
  private final Pixels pixels;

  Sampler(Pixels pixels) {
    this.pixels = pixels;
  }

  /** Adds blue, green and red at a position (0 = centre of the first pixel) to a sum. */
  void addTo(float[] sum, float x, float y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (!covers(left, top)) {
      return;
    }
    int x0 = Math.max(left, 0);
    int y0 = Math.max(top, 0);
    int x1 = Math.min(left + 1, pixels.width() - 1);
    int y1 = Math.min(top + 1, pixels.height() - 1);
    float right = x - left;
    float lower = y - top;
    for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
      float above = pixels.at(x0, y0, channel) * (1 - right) + pixels.at(x1, y0, channel) * right;
      float below = pixels.at(x0, y1, channel) * (1 - right) + pixels.at(x1, y1, channel) * right;
      sum[channel] += above * (1 - lower) + below * lower;
    }
  }

  /** Returns whether the pixel, or one beside it, is in the picture. */
  boolean covers(int left, int top) {
    return left >= -1 && top >= -1 && left < pixels.width() && top < pixels.height();
  }
}
