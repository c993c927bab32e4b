package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import facesort.schemas.FailureCode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDecoderIT {
  private final PhotoDecoder decoder = new PhotoDecoder();

  @Test
  void decode_ofASample_hasThePixelsThatAnotherDecoderFinds() throws Exception {
    byte[] file = TestPhotos.sample(1);
    BufferedImage expected = TestPhotos.image(file);

    try (DecodedPhoto photo = decoder.decode(file)) {
      assertThat(photo.facts())
          .extracting(
              PhotoFacts::mediaType, PhotoFacts::orientation, PhotoFacts::width, PhotoFacts::height)
          .containsExactly("image/jpeg", 1, expected.getWidth(), expected.getHeight());
      for (int at = 100; at < 600; at += 50) {
        int other = meanRed(expected, at * photo.reduction(), photo.reduction());
        assertThat(pixel(photo, at, at).getRed()).isCloseTo(other, within(12));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1899, 1", "1900, 2", "5119, 2", "5120, 4"})
  void decode_readsLargePhotosSmaller(int width, int reduction) throws Exception {
    try (DecodedPhoto photo = decoder.decode(TestPhotos.jpeg(TestPhotos.meadow(width, 99)))) {
      assertThat(photo.reduction()).isEqualTo(reduction);
      assertThat(photo.facts().width()).isEqualTo(width);
      assertThat(photo.pixels().cols()).isEqualTo((width + reduction - 1) / reduction);
    }
  }

  @Test
  void failure_forWantOfMemory_isNotThePhotosFault() {
    RuntimeException real =
        catchThrowableOfType(
            RuntimeException.class, () -> new Mat(1 << 20, 1 << 20, CV_8UC3).close());

    assertThat(PhotoDecoder.isOutOfMemory(real)).as(real.getMessage()).isTrue();
    assertThat(PhotoDecoder.isOutOfMemory(new RuntimeException("(-215:Assertion failed)")))
        .isFalse();
  }

  @Test
  void decode_readsPng() throws Exception {
    try (DecodedPhoto photo = decoder.decode(TestPhotos.png(TestPhotos.meadow(60, 40)))) {
      assertThat(photo.facts())
          .extracting(
              PhotoFacts::mediaType, PhotoFacts::orientation, PhotoFacts::width, PhotoFacts::height)
          .containsExactly("image/png", 1, 60, 40);
      assertThat(pixel(photo, 5, 39)).isEqualTo(new Color(70, 140, 50));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 101})
  void decode_readsWebp_lossyAndLossless(int quality) throws Exception {
    byte[] file = webp(TestPhotos.png(TestPhotos.meadow(301, 203)), quality);

    try (DecodedPhoto photo = decoder.decode(file)) {
      assertThat(photo.facts())
          .extracting(
              PhotoFacts::mediaType, PhotoFacts::orientation, PhotoFacts::width, PhotoFacts::height)
          .containsExactly("image/webp", 1, 301, 203);
    }
    assertRefused(TestPhotos.cut(file, file.length - 10), FailureCode.TRUNCATED_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 300, 2_000, 60_000, 144_000, -2, -1})
  void decode_ofACutJpeg_isRefused(int length) throws IOException {
    byte[] file = TestPhotos.sample(1);

    assertRefused(
        TestPhotos.cut(file, length < 0 ? file.length + length : length),
        FailureCode.TRUNCATED_IMAGE);
  }

  @Test
  void decode_ofACutJpegWithAWholeThumbnail_isRefused() throws IOException {
    byte[] photo = TestPhotos.jpeg(TestPhotos.meadow(400, 300));
    byte[] thumbnail = TestPhotos.jpeg(TestPhotos.meadow(40, 30));
    byte[] joined =
        ByteBuffer.allocate(photo.length + thumbnail.length + 4)
            .put(photo, 0, 2)
            .putShort((short) 0xFFE2)
            .putShort((short) (thumbnail.length + 2))
            .put(thumbnail)
            .put(photo, 2, photo.length - 2)
            .array();

    assertRefused(TestPhotos.cut(joined, joined.length - 100), FailureCode.TRUNCATED_IMAGE);
  }

  @Test
  void decode_ofAJpegWithStrayBytesBeforeItsTables_hasThePixelsOfTheIntactOne() throws Exception {
    byte[] file = TestPhotos.sample(1);
    int tables = segment(file, 0xDB);
    byte[] stray =
        ByteBuffer.allocate(file.length + 2)
            .put(file, 0, tables)
            .putShort((short) 0x1234)
            .put(file, tables, file.length - tables)
            .array();

    try (DecodedPhoto photo = decoder.decode(stray);
        DecodedPhoto intact = decoder.decode(file)) {
      assertThat(photo.facts()).isEqualTo(intact.facts());
      for (int at = 0; at < 600; at += 7) {
        assertThat(pixel(photo, at, at)).isEqualTo(pixel(intact, at, at));
      }
    }
    assertRefused(TestPhotos.cut(stray, stray.length - 100), FailureCode.TRUNCATED_IMAGE);
  }

  @Test
  void decode_ofAJpegWithNothingButStrayBytes_isRefused() throws IOException {
    byte[] file = TestPhotos.sample(1);
    Arrays.fill(file, segment(file, 0xDB), file.length, (byte) 7);

    assertRefused(file, FailureCode.TRUNCATED_IMAGE);
  }

  @Test
  void decode_ofACutPng_isRefused() throws IOException {
    byte[] file = TestPhotos.png(TestPhotos.meadow(300, 200));

    assertRefused(TestPhotos.cut(file, file.length - 20), FailureCode.TRUNCATED_IMAGE);
  }

  @Test
  void decode_ofTheWrongType_saysWhich() {
    assertRefused(new byte[0], FailureCode.EMPTY_FILE);
    assertRefused(ascii("hello, this is no photo"), FailureCode.UNSUPPORTED_TYPE);
    assertRefused(ascii("GIF89a-------------"), FailureCode.UNSUPPORTED_TYPE);
    assertRefused(new byte[] {1}, FailureCode.UNSUPPORTED_TYPE);
    assertRefused(ascii("\0\0\0\30ftypheic\0\0\0\0mif1heic"), FailureCode.UNSUPPORTED_HEIC);
  }

  @Test
  void decode_ofTooManyBytes_isRefused() throws IOException {
    byte[] file = Arrays.copyOf(TestPhotos.sample(1), 50 * 1024 * 1024 + 1);

    assertRefused(file, FailureCode.TOO_MANY_BYTES);
  }

  @Test
  void decode_ofTooManyPixels_isRefusedByTheHeaderAlone() throws IOException {
    byte[] file = TestPhotos.png(TestPhotos.meadow(30, 20));
    ByteBuffer.wrap(file).putInt(16, 30_000).putInt(20, 30_000);

    assertRefused(file, FailureCode.TOO_MANY_PIXELS);
  }

  @Test
  void decode_ofARuinedPicture_isRefused() throws IOException {
    byte[] file = TestPhotos.png(TestPhotos.meadow(300, 200));
    Arrays.fill(file, 50, file.length - 30, (byte) 7);

    assertRefused(file, FailureCode.CORRUPT_IMAGE);
  }

  @Test
  void decode_ofAHeaderWithoutSize_isRefused() throws IOException {
    byte[] file = TestPhotos.png(TestPhotos.meadow(30, 20));
    ByteBuffer.wrap(file).putInt(16, 0);

    assertRefused(file, FailureCode.CORRUPT_IMAGE);
  }

  @Test
  void decode_ofJpegNoise_isRefusedOrDecoded_butNeverFailsOtherwise() throws IOException {
    byte[] file = TestPhotos.jpeg(TestPhotos.meadow(200, 150));
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 100; round++) {
      byte[] noisy = file.clone();
      for (int i = 0; i < 3; i++) {
        noisy[random.nextInt(2, noisy.length)] = (byte) random.nextInt();
      }
      assertAnswered(noisy);
    }
  }

  private void assertAnswered(byte[] file) {
    try (DecodedPhoto photo = decoder.decode(file)) {
      assertThat(photo.pixels().cols()).isPositive();
    } catch (RejectedPhoto e) {
      assertThat(e.code()).isNotEqualTo(FailureCode.UNKNOWN);
    }
  }

  private void assertRefused(byte[] file, FailureCode code) {
    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOfSatisfying(
            RejectedPhoto.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  /** Returns where the first segment with this marker begins. */
  private static int segment(byte[] jpeg, int marker) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg);
    int at = 2;
    while ((bytes.get(at + 1) & 0xFF) != marker) {
      at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
    }
    return at;
  }

  private static Color pixel(DecodedPhoto photo, int x, int y) {
    BytePointer bgr = photo.pixels().ptr(y, x);
    return new Color(bgr.get(2) & 0xFF, bgr.get(1) & 0xFF, bgr.get(0) & 0xFF);
  }

  private static int meanRed(BufferedImage image, int at, int side) {
    int sum = 0;
    for (int i = 0; i < side * side; i++) {
      sum += new Color(image.getRGB(at + i % side, at + i / side)).getRed();
    }
    return sum / (side * side);
  }

  /** A quality above 100 means lossless. */
  private static byte[] webp(byte[] png, int quality) {
    try (BytePointer input = new BytePointer(png);
        Mat row = new Mat(1, png.length, CV_8UC1, input);
        Mat picture = imdecode(row, IMREAD_COLOR);
        IntPointer settings = new IntPointer(IMWRITE_WEBP_QUALITY, quality);
        BytePointer output = new BytePointer()) {
      assertThat(imencode(".webp", picture, output, settings)).isTrue();
      byte[] file = new byte[(int) output.limit()];
      output.get(file);
      return file;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
