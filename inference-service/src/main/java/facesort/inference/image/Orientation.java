package facesort.inference.image;

/** How a camera stored a photo, with the EXIF value that says so. */
enum Orientation {
  UPRIGHT(1, false, false, false),
  MIRRORED(2, false, true, false),
  TURNED_180(3, false, true, true),
  FLIPPED(4, false, false, true),
  TRANSPOSED(5, true, false, false),
  NEEDS_90_CLOCKWISE(6, true, false, true),
  TRANSVERSED(7, true, true, true),
  NEEDS_90_COUNTERCLOCKWISE(8, true, true, false);

  private final int exifValue;
  private final boolean swapsAxes;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(int exifValue, boolean swapsAxes, boolean fromRight, boolean fromBottom) {
    this.exifValue = exifValue;
    this.swapsAxes = swapsAxes;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Returns the orientation that EXIF gives this value, 1 to 8. */
  static Orientation of(int exifValue) {
    return values()[exifValue - 1];
  }

  /** Returns the value that EXIF gives this orientation, 1 to 8. */
  int exifValue() {
    return exifValue;
  }

  boolean swapsAxes() {
    return swapsAxes;
  }

  /** Returns the stored BGR pixels as a person should see them. */
  Pixels upright(int width, int height, byte[] stored) {
    if (this == UPRIGHT) {
      return new Pixels(width, height, stored);
    }
    int alongRow = (fromRight ? -1 : 1) * Pixels.CHANNELS;
    int alongColumn = (fromBottom ? -1 : 1) * width * Pixels.CHANNELS;
    int start =
        ((fromRight ? width - 1 : 0) + (fromBottom ? height - 1 : 0) * width) * Pixels.CHANNELS;
    return swapsAxes
        ? copied(stored, height, width, start, alongColumn, alongRow)
        : copied(stored, width, height, start, alongRow, alongColumn);
  }

  private static Pixels copied(
      byte[] stored, int columns, int rows, int start, int stepRight, int stepDown) {
    byte[] upright = new byte[stored.length];
    int to = 0;
    for (int y = 0; y < rows; y++) {
      int from = start + y * stepDown;
      for (int x = 0; x < columns; x++, from += stepRight) {
        upright[to++] = stored[from];
        upright[to++] = stored[from + 1];
        upright[to++] = stored[from + 2];
      }
    }
    return new Pixels(columns, rows, upright);
  }
}
