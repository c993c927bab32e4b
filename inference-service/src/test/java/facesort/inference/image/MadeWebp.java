package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** WebP files of one colour, and containers around pictures. */
final class MadeWebp {
  private static final int LOSSLESS = 101;

  private MadeWebp() {}

  static byte[] lossy(int width, int height, Scalar bgr) {
    return encoded(width, height, CV_8UC3, bgr, 90);
  }

  static byte[] lossless(int width, int height, Scalar bgr) {
    return encoded(width, height, CV_8UC3, bgr, LOSSLESS);
  }

  static byte[] withAlpha(int width, int height, Scalar bgra) {
    return encoded(width, height, CV_8UC4, bgra, LOSSLESS);
  }

  /** The one chunk of a plain file. */
  static byte[] picture(byte[] file) {
    return Arrays.copyOfRange(file, 12, file.length);
  }

  /** A file of an extended header and chunks. */
  static byte[] extended(int width, int height, byte[]... chunks) {
    byte[] flags = {2, 0, 0, 0};
    byte[] header = MadeJpeg.joined(flags, side(width), side(height));
    return file(MadeJpeg.joined(chunk("VP8X", header), MadeJpeg.joined(chunks)));
  }

  /** A frame of an animation. */
  static byte[] frame(int width, int height, byte[] picture) {
    byte[] place = new byte[6];
    byte[] duration = new byte[4];
    return chunk("ANMF", MadeJpeg.joined(place, side(width), side(height), duration, picture));
  }

  static byte[] chunk(String type, byte... data) {
    return ByteBuffer.allocate(8 + data.length + (data.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(data.length)
        .put(data)
        .array();
  }

  static byte[] file(byte[] chunks) {
    return ByteBuffer.allocate(12 + chunks.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(4 + chunks.length)
        .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
        .put(chunks)
        .array();
  }

  private static byte[] encoded(int width, int height, int type, Scalar colour, int quality) {
    try (Mat picture = new Mat(height, width, type, colour);
        IntPointer settings = new IntPointer(IMWRITE_WEBP_QUALITY, quality);
        BytePointer output = new BytePointer()) {
      assertThat(imencode(".webp", picture, output, settings)).isTrue();
      byte[] file = new byte[(int) output.limit()];
      output.get(file);
      return file;
    }
  }

  private static byte[] side(int side) {
    int last = side - 1;
    return new byte[] {(byte) last, (byte) (last >> 8), (byte) (last >> 16)};
  }
}
