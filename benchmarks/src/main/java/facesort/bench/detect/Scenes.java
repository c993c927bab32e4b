package facesort.bench.detect;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import facesort.inference.face.BoundingBox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Makes scenes of the labelled photos; where the faces go is arithmetic. */
final class Scenes {
  private static final int LONG_SIDE = 1000;
  private static final double GREY = 127;

  private Scenes() {}

  /** The photos taken from {@code times} as far: shrunk, in the middle of grey. */
  static List<Scene> shrunk(double times) {
    return LabelledPhoto.all().stream().map(photo -> shrunk(photo, times)).toList();
  }

  private static Scene shrunk(LabelledPhoto photo, double times) {
    try (PointerScope _ = new PointerScope()) {
      Mat whole = read(photo.file());
      Mat small = scaled(whole, 1 / times);
      Mat canvas = grey(whole.cols(), whole.rows());
      int left = (whole.cols() - small.cols()) / 2;
      int top = (whole.rows() - small.rows()) / 2;
      paste(small, canvas, left, top);
      List<BoundingBox> faces =
          photo.faces().stream().map(face -> moved(face, 1 / times, left, top)).toList();
      return new Scene(png(canvas), faces, List.of(), 0);
    }
  }

  /** Each face alone: a square {@code times} its longer side, enlarged to 1,000 pixels. */
  static List<Scene> closeUps(double times) {
    List<Scene> scenes = new ArrayList<>();
    for (LabelledPhoto photo : LabelledPhoto.all()) {
      for (BoundingBox face : photo.faces()) {
        scenes.add(closeUp(photo, face, times));
      }
    }
    return scenes;
  }

  private static Scene closeUp(LabelledPhoto photo, BoundingBox face, double times) {
    try (PointerScope _ = new PointerScope()) {
      Mat whole = read(photo.file());
      Rect area = around(face, times, whole);
      double scale = LONG_SIDE / (double) Math.max(area.width(), area.height());
      Mat picture = scaled(whole.apply(area), scale);
      BoundingBox edges = new BoundingBox(0, 0, picture.cols(), picture.rows());
      List<BoundingBox> others =
          photo.faces().stream()
              .filter(other -> !other.equals(face))
              .map(other -> moved(other, scale, -area.x() * scale, -area.y() * scale))
              .filter(other -> other.overlap(edges) > 0)
              .map(other -> clipped(other, edges))
              .toList();
      BoundingBox shown = moved(face, scale, -area.x() * scale, -area.y() * scale);
      return new Scene(png(picture), List.of(clipped(shown, edges)), others, 0);
    }
  }

  /** A large face, and beside it the photo it is from, taken from {@code times} as far. */
  static List<Scene> beside(double times) {
    return LabelledPhoto.all().stream().map(photo -> beside(photo, times)).toList();
  }

  private static Scene beside(LabelledPhoto photo, double times) {
    try (PointerScope _ = new PointerScope()) {
      Mat whole = read(photo.file());
      Mat canvas = grey(whole.cols(), whole.rows());
      BoundingBox first = photo.faces().getFirst();
      Rect area = around(first, 1.6, whole);
      double scale = 0.45 * whole.cols() / Math.max(area.width(), area.height());
      paste(scaled(whole.apply(area), scale), canvas, 0, 0);
      Mat small = scaled(whole, 1 / times);
      int left = whole.cols() - small.cols();
      paste(small, canvas, left, 0);
      List<BoundingBox> faces = new ArrayList<>();
      faces.add(moved(first, scale, -area.x() * scale, -area.y() * scale));
      photo.faces().forEach(face -> faces.add(moved(face, 1 / times, left, 0)));
      return new Scene(png(canvas), faces, List.of(), 0);
    }
  }

  /** What lies below the faces: bodies, furniture, no face. */
  static List<Scene> empty() {
    List<Scene> scenes = new ArrayList<>();
    for (LabelledPhoto photo : LabelledPhoto.all()) {
      try (PointerScope _ = new PointerScope()) {
        Mat whole = read(photo.file());
        BoundingBox box = photo.empty();
        Rect area =
            new Rect((int) box.left(), (int) box.top(), (int) box.width(), (int) box.height());
        scenes.add(new Scene(png(whole.apply(area)), List.of(), List.of(), 0));
      }
    }
    return scenes;
  }

  /** A picture that has one face, wherever. */
  static Scene oneFace(Path file, double times) {
    try (PointerScope _ = new PointerScope()) {
      return new Scene(png(scaled(read(file), times)), List.of(), List.of(), 1);
    }
  }

  private static Mat read(Path file) {
    Mat picture = imread(file.toString());
    if (picture.empty()) {
      throw new IllegalArgumentException("not a picture: " + file.getFileName());
    }
    return picture;
  }

  private static Mat scaled(Mat picture, double scale) {
    Mat scaled = new Mat();
    int width = (int) Math.round(picture.cols() * scale);
    int height = (int) Math.round(picture.rows() * scale);
    resize(picture, scaled, new Size(width, height), 0, 0, scale < 1 ? INTER_AREA : INTER_LINEAR);
    return scaled;
  }

  private static Mat grey(int width, int height) {
    return new Mat(height, width, CV_8UC3, new Scalar(GREY, GREY, GREY, 0));
  }

  private static void paste(Mat picture, Mat canvas, int left, int top) {
    picture.copyTo(canvas.apply(new Rect(left, top, picture.cols(), picture.rows())));
  }

  private static Rect around(BoundingBox face, double times, Mat picture) {
    double half = times * Math.max(face.width(), face.height()) / 2;
    int left = (int) Math.max(0, face.centre().x() - half);
    int top = (int) Math.max(0, face.centre().y() - half);
    int right = (int) Math.min(picture.cols(), face.centre().x() + half);
    int bottom = (int) Math.min(picture.rows(), face.centre().y() + half);
    return new Rect(left, top, right - left, bottom - top);
  }

  private static BoundingBox moved(BoundingBox box, double scale, double right, double down) {
    return new BoundingBox(
        (float) (box.left() * scale + right),
        (float) (box.top() * scale + down),
        (float) (box.right() * scale + right),
        (float) (box.bottom() * scale + down));
  }

  private static BoundingBox clipped(BoundingBox box, BoundingBox edges) {
    return new BoundingBox(
        Math.max(box.left(), edges.left()),
        Math.max(box.top(), edges.top()),
        Math.min(box.right(), edges.right()),
        Math.min(box.bottom(), edges.bottom()));
  }

  private static byte[] png(Mat picture) {
    BytePointer file = new BytePointer();
    imencode(".png", picture, file);
    byte[] bytes = new byte[(int) file.limit()];
    file.get(bytes);
    return bytes;
  }
}
