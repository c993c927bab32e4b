package facesort.bench.images;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2BGRA;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Small good files of every kind that is read, made from photos. */
final class SeedPictures {
  private static final int WIDTH = 96;
  private static final int LOSSLESS = 101;

  private final List<byte[]> files = new ArrayList<>();

  private SeedPictures() {}

  /** Returns the files, the same for the same photos. */
  static List<byte[]> of(Path photos) throws IOException {
    SeedPictures pictures = new SeedPictures();
    try (Stream<Path> all = Files.list(photos)) {
      for (Path photo : all.filter(file -> file.toString().endsWith(".jpg")).sorted().toList()) {
        pictures.add(Files.readAllBytes(photo));
      }
    }
    return List.copyOf(pictures.files);
  }

  private void add(byte[] photo) throws IOException {
    try (Mat whole = decoded(photo);
        Mat small = new Mat();
        Mat grey = new Mat();
        Mat alpha = new Mat();
        Size size = new Size(WIDTH, WIDTH * whole.rows() / whole.cols())) {
      resize(whole, small, size, 0, 0, INTER_AREA);
      cvtColor(small, grey, COLOR_BGR2GRAY);
      cvtColor(small, alpha, COLOR_BGR2BGRA);
      addJpegs(small, grey);
      addPngs(small, grey, alpha);
      addWebps(small, alpha);
    }
  }

  private void addJpegs(Mat small, Mat grey) {
    byte[] baseline = encoded(".jpg", small, IMWRITE_JPEG_QUALITY, 80);
    files.add(baseline);
    files.add(Containers.withExif(baseline, 6));
    files.add(encoded(".jpg", grey, IMWRITE_JPEG_QUALITY, 60));
    files.add(encoded(".jpg", small, IMWRITE_JPEG_PROGRESSIVE, 1));
    files.add(encoded(".jpg", small, IMWRITE_JPEG_RST_INTERVAL, 2));
  }

  private void addPngs(Mat small, Mat grey, Mat alpha) throws IOException {
    byte[] plain = encoded(".png", small);
    files.add(plain);
    files.add(encoded(".png", grey));
    files.add(encoded(".png", alpha));
    files.add(Containers.animatedPng(plain));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(plain));
    files.add(interlaced(image, BufferedImage.TYPE_BYTE_INDEXED));
    files.add(interlaced(image, BufferedImage.TYPE_USHORT_GRAY));
    files.add(interlaced(image, BufferedImage.TYPE_BYTE_BINARY));
  }

  private void addWebps(Mat small, Mat alpha) {
    byte[] lossy = encoded(".webp", small, IMWRITE_WEBP_QUALITY, 70);
    files.add(lossy);
    files.add(encoded(".webp", small, IMWRITE_WEBP_QUALITY, LOSSLESS));
    files.add(encoded(".webp", alpha, IMWRITE_WEBP_QUALITY, LOSSLESS));
    files.add(Containers.animatedWebp(lossy, small.cols(), small.rows()));
  }

  private static Mat decoded(byte[] file) {
    try (BytePointer bytes = new BytePointer(file);
        Mat row = new Mat(1, file.length, CV_8UC1, bytes)) {
      return imdecode(row, IMREAD_COLOR);
    }
  }

  private static byte[] encoded(String type, Mat picture, int... settings) {
    try (BytePointer output = new BytePointer();
        IntPointer how = new IntPointer(settings)) {
      if (!imencode(type, picture, output, how)) {
        throw new IllegalStateException("cannot encode " + type);
      }
      byte[] file = new byte[(int) output.limit()];
      output.get(file);
      return file;
    }
  }

  private static byte[] interlaced(BufferedImage image, int type) throws IOException {
    BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
    converted.createGraphics().drawImage(image, 0, 0, null);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    try (var output = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(converted, null, null), settings);
    }
    writer.dispose();
    return file.toByteArray();
  }
}
