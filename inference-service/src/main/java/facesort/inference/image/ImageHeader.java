package facesort.inference.image;

import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What an image file says about its picture, read without decoding it. Of an animation that is the
 * first picture.
 *
 * @param mediaType what the bytes are
 * @param width stored columns, 0 if the file names none
 * @param height stored rows, 0 if the file names none
 * @param scans how often a decoder goes over the whole picture
 * @param complete whether the file has its end
 * @param exif the EXIF block, empty if there is none
 * @param picture what a decoder needs
 */
record ImageHeader(
    String mediaType,
    int width,
    int height,
    int scans,
    boolean complete,
    ByteBuffer exif,
    PictureBytes picture) {
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final int MOST_BRANDS = 32;

  /**
   * Reads the header of a JPEG, PNG or WebP file; the name of the file does not count.
   *
   * @throws RejectedPhoto if it is of another type, or broken so that no decoder should see it
   */
  static ImageHeader read(byte[] file) throws RejectedPhoto {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      if (file.length >= 3 && (bytes.getInt(0) >>> 8) == 0xFFD8FF) {
        return JpegFile.header(file);
      }
      if (PngFile.begins(bytes)) {
        return PngFile.header(file);
      }
      if (text(bytes, 0).equals("RIFF") && text(bytes, 8).equals("WEBP")) {
        return WebpFile.header(file);
      }
    } catch (IndexOutOfBoundsException e) {
      throw cut();
    }
    throw refusal(bytes);
  }

  private static RejectedPhoto refusal(ByteBuffer bytes) {
    if (text(bytes, 4).equals("ftyp")) {
      if (hasBrand(bytes, AVIF_BRANDS)) {
        return new RejectedPhoto(
            FailureCode.UNSUPPORTED_HEIC,
            "AVIF photos are not supported: export it as JPEG, PNG or WebP");
      }
      if (hasBrand(bytes, HEIC_BRANDS)) {
        return new RejectedPhoto(
            FailureCode.UNSUPPORTED_HEIC,
            "HEIC photos are not supported: export it as JPEG"
                + " (on an iPhone: Settings, Camera, Formats, Most Compatible)");
      }
    }
    return new RejectedPhoto(
        FailureCode.UNSUPPORTED_TYPE,
        text(bytes, 0).equals("GIF8")
            ? "GIF pictures are not supported: export it as JPEG or PNG"
            : "Not a JPEG, PNG or WebP file");
  }

  private static boolean hasBrand(ByteBuffer bytes, Set<String> brands) {
    long end = Integer.toUnsignedLong(bytes.getInt(0));
    for (int at = 8; at < 8 + 4 * MOST_BRANDS; at += 4) {
      // The word after the first brand is a version.
      if ((at == 8 || at < end) && at != 12 && brands.contains(text(bytes, at))) {
        return true;
      }
    }
    return false;
  }

  /** Returns four bytes as letters, empty if they are not there. */
  static String text(ByteBuffer bytes, int at) {
    if (at < 0 || at + 4 > bytes.limit()) {
      return "";
    }
    byte[] letters = new byte[4];
    bytes.get(at, letters);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /** Says that a file contradicts its own format. */
  static RejectedPhoto corrupt(String why) {
    return new RejectedPhoto(FailureCode.CORRUPT_IMAGE, why);
  }

  /** Says that the end of a file is missing before its picture begins. */
  static RejectedPhoto cut() {
    return new RejectedPhoto(FailureCode.TRUNCATED_IMAGE, "The file ends inside its header");
  }
}
