package facesort.bench.accuracy;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Brings a labelled picture, of any type that OpenCV reads, into the product's own decoder: as a
 * PNG file, which loses nothing. Any thread may call it.
 */
final class Picture {
  /** Pictures this small are a face and nothing else; the detector wants to see some room. */
  private static final int CROP_BELOW = 200;

  /** Part of its side that such a picture gets at each edge. */
  static final double ROOM = 0.4;

  private static final PhotoDecoder DECODER = new PhotoDecoder();

  private Picture() {}

  /** Whether the file begins like a picture. */
  static boolean isOne(Path file) {
    return opencv_imgcodecs.haveImageReader(file.toString());
  }

  /**
   * Reads a photo as the product does.
   *
   * @throws RejectedPhoto when it cannot be read
   */
  static DecodedPhoto asGiven(Path file) throws RejectedPhoto {
    try {
      return DECODER.decode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a picture; a small one gets a border that repeats its edge.
   *
   * @param room part of its side that is added at each edge of a small one
   * @throws RejectedPhoto when it cannot be read
   */
  static DecodedPhoto read(Path file, double room) throws RejectedPhoto {
    try (Mat picture = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR);
        BytePointer png = new BytePointer()) {
      if (!picture.empty()) {
        addRoom(picture, room);
        opencv_imgcodecs.imencode(".png", picture, png);
      }
      return decoded(png);
    }
  }

  /**
   * Reads a picture smaller and less sharp.
   *
   * @param side length of a side over its length before
   * @param blur standard deviation of the Gauss filter in pixels of the result; 0 is none
   * @throws RejectedPhoto when it cannot be read
   */
  static DecodedPhoto read(Path file, double side, double blur) throws RejectedPhoto {
    try (Mat picture = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_COLOR);
        Mat small = new Mat();
        Size chosen = new Size();
        BytePointer png = new BytePointer()) {
      opencv_imgproc.resize(picture, small, chosen, side, side, opencv_imgproc.INTER_AREA);
      if (blur > 0) {
        opencv_imgproc.GaussianBlur(small, small, chosen, blur);
      }
      opencv_imgcodecs.imencode(".png", small, png);
      return decoded(png);
    }
  }

  private static DecodedPhoto decoded(BytePointer png) throws RejectedPhoto {
    byte[] bytes = new byte[Math.toIntExact(png.limit())];
    png.get(bytes);
    return DECODER.decode(bytes);
  }

  private static void addRoom(Mat picture, double room) {
    if (Math.min(picture.cols(), picture.rows()) < CROP_BELOW) {
      int across = (int) (picture.cols() * room);
      int down = (int) (picture.rows() * room);
      opencv_core.copyMakeBorder(
          picture, picture, down, down, across, across, opencv_core.BORDER_REPLICATE);
    }
  }
}
