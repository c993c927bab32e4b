package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.image.MadePng.Header;
import facesort.schemas.FailureCode;
import java.io.IOException;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CutPhotosIT {
  private static final int PIECES = 50;

  /** Fewer bytes than these do not show what kind of file it is. */
  private static final int KNOWN_FROM = 12;

  private final PhotoDecoder decoder = new PhotoDecoder();

  static Stream<Arguments> files() throws IOException {
    byte[] pixel = {9, 99, 50};
    Scalar colour = new Scalar(50, 100, 200, 40);
    byte[] lossy = MadeWebp.lossy(300, 200, colour);
    byte[] frame = MadeWebp.frame(300, 200, MadeWebp.picture(lossy));
    return Stream.of(
        Arguments.of("jpeg", TestPhotos.sample(1)),
        Arguments.of("jpeg with exif", TestPhotos.withOrientation(TestPhotos.sample(2), 6)),
        Arguments.of("progressive jpeg", MadeJpeg.progressive(900, 700, 3, 40)),
        Arguments.of("png", MadePng.of(new Header(300, 200, 8, 2, 0), pixel)),
        Arguments.of("interlaced png", MadePng.of(new Header(300, 200, 8, 2, 1), pixel)),
        Arguments.of("webp", lossy),
        Arguments.of("lossless webp", MadeWebp.lossless(300, 200, colour)),
        Arguments.of("extended webp", MadeWebp.extended(300, 200, MadeWebp.picture(lossy))),
        Arguments.of("animated webp", MadeWebp.extended(300, 200, frame, frame)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void decode_ofAFileCutAnywhere_saysThatItIsCut(String name, byte[] file) throws RejectedPhoto {
    assertThat(decoder.decode(file).mediaType()).startsWith("image/");
    for (int piece = 1; piece < PIECES; piece++) {
      int length = Math.max(KNOWN_FROM, file.length * piece / PIECES);

      assertThatThrownBy(() -> decoder.decode(TestPhotos.cut(file, length)))
          .as("%s of %d bytes, %d of them", name, file.length, length)
          .isInstanceOfSatisfying(
              RejectedPhoto.class,
              refused -> assertThat(refused.code()).isEqualTo(FailureCode.TRUNCATED_IMAGE));
    }
  }
}
