package facesort.inference.onnx;

/**
 * The places where UltraFace RFB looks for faces, as its graph holds them: for a field of 320x240,
 * 4,420; for one of 640x480, 17,640. Source: the shipped constants themselves, which this formula
 * gives bit for bit (the strides and sizes are those of Linzaer's RFB-320). Pure.
 */
final class PriorBoxes {
  private static final int[] STRIDES = {8, 16, 32, 64};
  private static final int[][] SIDES = {{10, 16, 24}, {32, 48}, {64, 96}, {128, 192, 256}};

  private final float[] centres;
  private final float[] sizes;

  private PriorBoxes(int count) {
    this.centres = new float[2 * count];
    this.sizes = new float[2 * count];
  }

  /** Returns the places of a field of that many pixels. */
  static PriorBoxes of(int width, int height) {
    int count = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      count += cells(width, level) * cells(height, level) * SIDES[level].length;
    }
    PriorBoxes boxes = new PriorBoxes(count);
    int at = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      at = boxes.put(level, at, width, height);
    }
    return boxes;
  }

  /** Returns how many there are. */
  int count() {
    return centres.length / 2;
  }

  /** Returns x and y of each, parts of the field. */
  float[] centres() {
    return centres;
  }

  /** Returns width and height of each, parts of the field. */
  float[] sizes() {
    return sizes;
  }

  private int put(int level, int start, int width, int height) {
    int columns = cells(width, level);
    int rows = cells(height, level);
    int at = start;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int side : SIDES[level]) {
          centres[at] = (float) ((column + 0.5) / columns);
          centres[at + 1] = (float) ((row + 0.5) / rows);
          sizes[at] = (float) Math.min(1, side / (double) width);
          sizes[at + 1] = (float) Math.min(1, side / (double) height);
          at += 2;
        }
      }
    }
    return at;
  }

  /** Cells of a level along a side, a part of one included. */
  private static int cells(int side, int level) {
    return Math.ceilDiv(side, STRIDES[level]);
  }
}
