package facesort.inference.image;

import facesort.schemas.FailureCode;

/** What a photo may cost: decided by its header, before a decoder sees it. */
final class PhotoLimits {
  static final int MAX_BYTES = 50 * 1024 * 1024;
  static final long MAX_PIXELS = 50_000_000;

  /**
   * Longer side over the shorter one. Panoramas end near 20; beyond 64 even the finer look for
   * faces, 640 pixels wide, has fewer than 10 rows, the smallest face that it knows.
   */
  static final int MAX_ASPECT = 64;

  /** Cameras and web tools write 1 to 14. */
  static final int MAX_SCANS = 1_000;

  /**
   * Scans times pixels. A scan of a few bytes makes a decoder visit every coefficient: 0.6 to 1 ns
   * a pixel. The usual 10 scans of the largest photo take half of this.
   */
  static final long MAX_SCANNED_PIXELS = 1_000_000_000;

  private PhotoLimits() {}

  /**
   * Reads and checks the header.
   *
   * @throws RejectedPhoto with the code that says what is wrong with the file
   */
  static ImageHeader checked(byte[] file) throws RejectedPhoto {
    if (file.length == 0) {
      throw new RejectedPhoto(FailureCode.EMPTY_FILE, "The file is empty");
    }
    if (file.length > MAX_BYTES) {
      throw new RejectedPhoto(
          FailureCode.TOO_MANY_BYTES, file.length + " bytes, at most " + MAX_BYTES);
    }
    ImageHeader header = ImageHeader.read(file);
    checkSize(header);
    checkScans(header);
    if (!header.complete()) {
      throw new RejectedPhoto(FailureCode.TRUNCATED_IMAGE, "The end of the file is missing");
    }
    return header;
  }

  private static void checkSize(ImageHeader header) throws RejectedPhoto {
    int shorter = Math.min(header.width(), header.height());
    int longer = Math.max(header.width(), header.height());
    if (shorter < 1) {
      throw header.complete() ? ImageHeader.corrupt("The header names no size") : ImageHeader.cut();
    }
    String size = header.width() + "x" + header.height();
    if ((long) shorter * longer > MAX_PIXELS) {
      throw new RejectedPhoto(
          FailureCode.TOO_MANY_PIXELS, size + ", at most " + MAX_PIXELS + " pixels");
    }
    if (longer > (long) MAX_ASPECT * shorter) {
      throw new RejectedPhoto(
          FailureCode.BAD_ASPECT, size + ", one side at most " + MAX_ASPECT + " times the other");
    }
  }

  private static void checkScans(ImageHeader header) throws RejectedPhoto {
    long pixels = (long) header.width() * header.height();
    long most = Math.min(MAX_SCANS, MAX_SCANNED_PIXELS / pixels);
    if (header.scans() > most) {
      throw new RejectedPhoto(
          FailureCode.TOO_MANY_SCANS,
          header.scans() + " scans, at most " + most + " for this size");
    }
  }
}
