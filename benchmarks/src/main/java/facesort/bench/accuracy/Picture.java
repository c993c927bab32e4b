package facesort.bench.accuracy;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Brings a labelled picture, of any type that OpenCV reads, into the product's own decoder: as a
 * PNG file, which loses nothing. Any thread may call it.
 */
final class Picture {
  /** Pictures this small are a face and nothing else; the detector wants to see some room. */
  private static final int CROP_BELOW = 200;

  private static final double ROOM = 0.4;
  private static final PhotoDecoder DECODER = new PhotoDecoder();

  private Picture() {}

  /** Whether the file begins like a picture. */
  static boolean isOne(Path file) {
    return opencv_imgcodecs.haveImageReader(file.toString());
  }

  /**
   * Reads a picture; a small one gets a border of 40 % that repeats its edge.
   *
   * @param change is done to the pixels first
   * @throws RejectedPhoto when it cannot be read
   */
  static DecodedPhoto read(Path file, Consumer<Mat> change) throws RejectedPhoto {
    try (Mat picture = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR);
        BytePointer png = new BytePointer()) {
      if (!picture.empty()) {
        change.accept(picture);
        addRoom(picture);
        opencv_imgcodecs.imencode(".png", picture, png);
      }
      byte[] bytes = new byte[Math.toIntExact(png.limit())];
      png.get(bytes);
      return DECODER.decode(bytes);
    }
  }

  private static void addRoom(Mat picture) {
    if (Math.min(picture.cols(), picture.rows()) < CROP_BELOW) {
      int across = (int) (picture.cols() * ROOM);
      int down = (int) (picture.rows() * ROOM);
      opencv_core.copyMakeBorder(
          picture, picture, down, down, across, across, opencv_core.BORDER_REPLICATE);
    }
  }
}
