package facesort.inference.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** How a camera stored a photo, with the EXIF value that says so. */
enum Orientation {
  UPRIGHT(1, false, Flip.NONE),
  MIRRORED(2, false, Flip.LEFT_RIGHT),
  TURNED_180(3, false, Flip.BOTH),
  FLIPPED(4, false, Flip.UPSIDE_DOWN),
  TRANSPOSED(5, true, Flip.NONE),
  NEEDS_90_CLOCKWISE(6, true, Flip.LEFT_RIGHT),
  TRANSVERSED(7, true, Flip.BOTH),
  NEEDS_90_COUNTERCLOCKWISE(8, true, Flip.UPSIDE_DOWN);

  private final int exifValue;
  private final boolean swapsAxes;
  private final Flip flip;

  /** What is left to do once rows and columns are as they should be, by OpenCV's code for it. */
  private enum Flip {
    NONE(0),
    UPSIDE_DOWN(0),
    LEFT_RIGHT(1),
    BOTH(-1);

    private final int code;

    Flip(int code) {
      this.code = code;
    }
  }

  Orientation(int exifValue, boolean swapsAxes, Flip flip) {
    this.exifValue = exifValue;
    this.swapsAxes = swapsAxes;
    this.flip = flip;
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

  /** Turns a picture from how it is stored to how a person should see it. */
  void turnUpright(Mat picture) {
    if (swapsAxes) {
      opencv_core.transpose(picture, picture);
    }
    if (flip != Flip.NONE) {
      opencv_core.flip(picture, picture, flip.code);
    }
  }
}
