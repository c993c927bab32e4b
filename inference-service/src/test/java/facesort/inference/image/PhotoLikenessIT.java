package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tells one photo from another, and a good one from a bad one. */
class PhotoLikenessIT {
  private static final int SAMPLES = 6;
  private static final int FEW = 6;
  private static final int MANY = 16;

  static Stream<Arguments> copies() {
    return Stream.of(
        copy("compressed", mat -> reencoded(mat, 40)),
        copy("half", mat -> resized(mat, mat.cols() / 2, mat.rows() / 2)),
        copy("a tenth", mat -> resized(mat, mat.cols() / 10, mat.rows() / 10)),
        copy("odd size", mat -> resized(mat, 777, mat.rows() * 777 / mat.cols())),
        copy("larger", mat -> resized(mat, mat.cols() * 3 / 2, mat.rows() * 3 / 2)),
        copy("brighter", mat -> changed(mat, 1.0, 20)),
        copy("darker", mat -> changed(mat, 0.7, 0)));
  }

  private static Arguments copy(String name, UnaryOperator<Mat> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("copies")
  void hash_ofACopy_differsInFewBits(String name, UnaryOperator<Mat> change) throws IOException {
    for (int number = 1; number <= SAMPLES; number++) {
      try (Mat photo = sample(number);
          Mat copy = change.apply(photo)) {
        assertThat(distance(PerceptualHash.of(photo), PerceptualHash.of(copy)))
            .as("photo %d, %s", number, name)
            .isLessThanOrEqualTo(FEW);
      }
    }
  }

  @Test
  void hash_ofAnotherPhoto_differsInMany() throws IOException {
    List<String> hashes = new ArrayList<>();
    for (int number = 1; number <= SAMPLES; number++) {
      try (Mat photo = sample(number)) {
        hashes.add(PerceptualHash.of(photo));
      }
    }
    for (String one : hashes) {
      assertThat(one).matches("[0-9a-f]{16}");
      assertThat(hashes.stream().filter(other -> distance(one, other) < MANY)).containsExactly(one);
    }
  }

  @Test
  void hash_ofADrawnPicture_isTheSameEverywhere() {
    try (Mat left = new Mat(64, 64, CV_8UC3, Scalar.all(200));
        Mat half = left.colRange(0, 32);
        Mat corner = left.rowRange(48, 64);
        Scalar dark = Scalar.all(20);
        Scalar blue = new Scalar(250, 30, 90, 0)) {
      half.put(dark);
      corner.put(blue);

      assertThat(PerceptualHash.of(left)).isEqualTo("1191449100449144");
    }
  }

  @Test
  void hash_ofAPartOfAPicture_isThatOfACopyOfThePart() throws IOException {
    try (Mat photo = sample(2);
        Mat part = photo.colRange(101, 640);
        Mat copy = part.clone()) {
      assertThat(PerceptualHash.of(part)).isEqualTo(PerceptualHash.of(copy));
    }
  }

  @Test
  void quality_ofABlurredCopy_isLessSharp() throws IOException {
    for (int number = 1; number <= SAMPLES; number++) {
      try (Mat photo = sample(number);
          Mat blurred = new Mat();
          Size kernel = new Size(0, 0)) {
        GaussianBlur(photo, blurred, kernel, 4);
        PhotoQuality sharp = PhotoQuality.of(photo);
        PhotoQuality soft = PhotoQuality.of(blurred);

        assertThat(soft.sharpness()).isLessThan(sharp.sharpness() / 2);
        assertThat(soft.brightness()).isCloseTo(sharp.brightness(), within(1f));
      }
    }
  }

  @Test
  void quality_ofASmallerCopy_isAboutTheSame() throws IOException {
    try (Mat photo = sample(1);
        Mat half = resized(photo, photo.cols() / 2, photo.rows() / 2)) {
      PhotoQuality whole = PhotoQuality.of(photo);
      PhotoQuality small = PhotoQuality.of(half);

      assertThat(small.contrast()).isCloseTo(whole.contrast(), within(1f));
      assertThat(small.sharpness()).isBetween(whole.sharpness() * 0.7f, whole.sharpness() * 1.4f);
    }
  }

  @Test
  void quality_ofKnownPictures_isAsComputedByHand() {
    try (Mat picture = new Mat(30, 1999, CV_8UC3, Scalar.all(100));
        Mat half = picture.colRange(1000, 1999);
        Scalar bright = Scalar.all(200)) {
      assertThat(PhotoQuality.of(picture)).isEqualTo(new PhotoQuality(0, 100, 0));

      half.put(bright);
      PhotoQuality quality = PhotoQuality.of(picture);
      assertThat(quality.brightness()).isCloseTo(150, within(0.5f));
      assertThat(quality.contrast()).isCloseTo(50, within(0.5f));
      assertThat(quality.sharpness()).isPositive();
    }
  }

  @Test
  void both_takeTheSmallestAndTheThinnestPicture() {
    for (int[] size : new int[][] {{1, 1}, {1, 64}, {4000, 1}, {63, 4032}}) {
      try (Mat picture = new Mat(size[0], size[1], CV_8UC3, Scalar.all(7))) {
        assertThat(PerceptualHash.of(picture)).hasSize(16);
        assertThat(PhotoQuality.of(picture).brightness()).isEqualTo(7);
      }
    }
  }

  private static int distance(String one, String other) {
    return Long.bitCount(Long.parseUnsignedLong(one, 16) ^ Long.parseUnsignedLong(other, 16));
  }

  private static Mat sample(int number) throws IOException {
    return decoded(TestPhotos.sample(number));
  }

  private static Mat decoded(byte[] file) {
    try (BytePointer bytes = new BytePointer(file);
        Mat row = new Mat(1, file.length, CV_8UC1, bytes)) {
      return imdecode(row, IMREAD_COLOR);
    }
  }

  private static Mat reencoded(Mat mat, int quality) {
    try (BytePointer output = new BytePointer();
        IntPointer settings = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      imencode(".jpg", mat, output, settings);
      byte[] file = new byte[(int) output.limit()];
      output.get(file);
      return decoded(file);
    }
  }

  private static Mat resized(Mat mat, int columns, int rows) {
    Mat resized = new Mat();
    try (Size size = new Size(columns, rows)) {
      resize(mat, resized, size, 0, 0, INTER_AREA);
    }
    return resized;
  }

  private static Mat changed(Mat mat, double factor, double added) {
    Mat changed = new Mat();
    mat.convertTo(changed, -1, factor, added);
    return changed;
  }
}
