package facesort.inference.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import facesort.schemas.FailureCode;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes photos. Any thread may call it; nothing native is left behind. */
public final class PhotoDecoder {
  /** Largest file that is decoded. */
  public static final int MAX_BYTES = PhotoLimits.MAX_BYTES;

  private static final int HALVED_FROM = 1900;
  private static final int QUARTERED_FROM = 5120;

  /**
   * Decodes a JPEG, PNG or WebP file. All limits are checked before the decoder sees it.
   *
   * @return the photo, which the caller closes
   * @throws RejectedPhoto with the code that says what is wrong with the file
   * @throws RuntimeException when there is not enough memory now
   */
  public DecodedPhoto decode(byte[] file) throws RejectedPhoto {
    ImageHeader header = PhotoLimits.checked(file);
    int reduction = reduction(header);
    Orientation orientation = Orientation.of(ExifBlock.orientation(header.exif()));
    Mat pixels = upright(header, reduction, orientation);
    try {
      return new DecodedPhoto(facts(header, orientation, pixels), reduction, pixels);
    } catch (RuntimeException e) {
      pixels.close();
      throw e;
    }
  }

  private static PhotoFacts facts(ImageHeader header, Orientation orientation, Mat pixels) {
    boolean swapped = orientation.swapsAxes();
    return new PhotoFacts(
        header.mediaType(),
        orientation.exifValue(),
        swapped ? header.height() : header.width(),
        swapped ? header.width() : header.height(),
        PerceptualHash.of(pixels),
        PhotoQuality.of(pixels));
  }

  private static int reduction(ImageHeader header) {
    int side = Math.max(header.width(), header.height());
    if (side >= QUARTERED_FROM) {
      return 4;
    }
    return side >= HALVED_FROM ? 2 : 1;
  }

  private static int flags(int reduction) {
    int colour =
        switch (reduction) {
          case 4 -> IMREAD_REDUCED_COLOR_4;
          case 2 -> IMREAD_REDUCED_COLOR_2;
          default -> IMREAD_COLOR;
        };
    return colour | IMREAD_IGNORE_ORIENTATION;
  }

  private static Mat upright(ImageHeader header, int reduction, Orientation orientation)
      throws RejectedPhoto {
    try (BytePointer bytes = header.picture().copy();
        Mat input = new Mat(1, header.picture().length(), CV_8UC1, bytes);
        Mat decoded = imdecode(input, flags(reduction))) {
      if (decoded.empty() || decoded.type() != CV_8UC3 || !fits(decoded, header, reduction)) {
        throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded");
      }
      orientation.turnUpright(decoded);
      // The pixels are shared, not copied; they live as long as what is returned.
      return new Mat(decoded);
    } catch (RuntimeException e) {
      if (isOutOfMemory(e)) {
        throw e;
      }
      throw new RejectedPhoto(FailureCode.CORRUPT_IMAGE, "The picture cannot be decoded");
    }
  }

  /**
   * Whether the machine is to blame and not the photo. OpenCV's own exceptions arrive without a
   * type of their own: its code -4 is "Insufficient memory".
   */
  static boolean isOutOfMemory(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("(-4:") || message.contains("bad_alloc");
  }

  /** The header that was checked and the picture that was decoded must be the same. */
  private static boolean fits(Mat decoded, ImageHeader header, int reduction) {
    return Math.abs(decoded.cols() * reduction - header.width()) < reduction
        && Math.abs(decoded.rows() * reduction - header.height()) < reduction;
  }
}
