package facesort.bench.photos;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import facesort.local.assets.Assets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** The six sample photos in memory, as they are and enlarged. */
public final class PhotoFiles {
  private PhotoFiles() {}

  /** The JPEG files as they are: 2.7 megapixels. */
  public static List<byte[]> samples() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Path path : paths()) {
      files.add(Files.readAllBytes(path));
    }
    return files;
  }

  /** The same pictures in so many megapixels. */
  public static List<byte[]> enlarged(double megapixels) throws IOException {
    return paths().stream().map(path -> enlarged(path, megapixels)).toList();
  }

  /** Where they lie, in their order. */
  public static List<Path> paths() throws IOException {
    try (Stream<Path> files = Files.list(Assets.samplePhotos())) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private static byte[] enlarged(Path path, double megapixels) {
    try (Mat picture = opencv_imgcodecs.imread(path.toString(), IMREAD_COLOR);
        Mat large = new Mat();
        Size automatic = new Size();
        BytePointer file = new BytePointer()) {
      double scale = Math.sqrt(megapixels * 1e6 / picture.total());
      opencv_imgproc.resize(picture, large, automatic, scale, scale, INTER_CUBIC);
      if (!opencv_imgcodecs.imencode(".jpg", large, file)) {
        throw new IllegalStateException("OpenCV does not encode " + path.getFileName());
      }
      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return bytes;
    }
  }
}
