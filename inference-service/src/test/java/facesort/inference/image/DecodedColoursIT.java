package facesort.inference.image;

import static facesort.inference.image.MadeJpeg.with;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.image.MadePng.Header;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to store a colour gives that colour. */
class DecodedColoursIT {
  private static final int WIDTH = 61;
  private static final int HEIGHT = 45;
  private static final Color COLOUR = new Color(200, 100, 50);
  private static final Color GREY = new Color(120, 120, 120);
  private static final int TOLERANCE = 4;

  private final PhotoDecoder decoder = new PhotoDecoder();

  static Stream<Arguments> files() throws IOException {
    return Stream.of(jpegs(), pngs(), webps()).flatMap(files -> files);
  }

  private static Stream<Arguments> jpegs() throws IOException {
    BufferedImage picture = picture(BufferedImage.TYPE_INT_RGB, COLOUR);
    // Ink is stored inverted, as Adobe's programs do and everybody since.
    byte[] inks = jpeg(inks(200, 100, 50, 255));
    byte[] halfBlack = jpeg(inks(200, 100, 50, 128));
    byte[] yccInks = jpeg(inks(130, 170, 73, 255));
    return Stream.of(
        Arguments.of("jpeg", TestPhotos.jpeg(picture), COLOUR),
        Arguments.of("progressive jpeg", progressive(picture), COLOUR),
        Arguments.of(
            "grey jpeg", TestPhotos.jpeg(picture(BufferedImage.TYPE_BYTE_GRAY, GREY)), GREY),
        Arguments.of(
            "made progressive jpeg",
            MadeJpeg.progressive(WIDTH, HEIGHT, 1, 9),
            new Color(128, 128, 128)),
        Arguments.of("cmyk jpeg", with(inks, MadeJpeg.adobe(0)), COLOUR),
        Arguments.of(
            "cmyk jpeg, half black", with(halfBlack, MadeJpeg.adobe(0)), new Color(100, 50, 25)),
        Arguments.of("ycck jpeg", with(yccInks, MadeJpeg.adobe(2)), ofYcck(130, 170, 73)));
  }

  private static Stream<Arguments> pngs() throws IOException {
    byte[] rgb = {(byte) 200, 100, 50};
    byte[] rgba = {(byte) 200, 100, 50, 3};
    byte[] rgb16 = {(byte) 200, 9, 100, 9, 50, 9};
    byte[] rgba16 = {(byte) 200, 9, 100, 9, 50, 9, 3, 3};
    byte[] palette = MadePng.chunk("PLTE", new byte[] {0, 0, 0, (byte) 200, 100, 50});
    byte[] transparent = MadePng.chunk("tRNS", new byte[] {0, 7});
    return Stream.of(0, 1)
        .flatMap(interlace ->
            Stream.of(
                png("rgb", 8, 2, interlace, rgb, COLOUR),
                png("rgb and alpha", 8, 6, interlace, rgba, COLOUR),
                png("rgb of 16 bits", 16, 2, interlace, rgb16, COLOUR),
                png("rgb and alpha of 16 bits", 16, 6, interlace, rgba16, COLOUR),
                png("grey", 8, 0, interlace, new byte[] {120}, GREY),
                png("grey and alpha", 8, 4, interlace, new byte[] {120, 9}, GREY),
                png("grey of 16 bits", 16, 0, interlace, new byte[] {120, 77}, GREY),
                png("white of 1 bit", 1, 0, interlace, new byte[] {-1}, Color.WHITE),
                png("palette", 8, 3, interlace, new byte[] {1}, COLOUR, palette),
                png("palette of 1 bit", 1, 3, interlace, new byte[] {-1}, COLOUR, palette),
                png(
                    "palette with alpha",
                    8,
                    3,
                    interlace,
                    new byte[] {1},
                    COLOUR,
                    palette,
                    transparent)));
  }

  private static Stream<Arguments> webps() {
    Scalar bgr = new Scalar(50, 100, 200, 40);
    byte[] lossy = MadeWebp.lossy(WIDTH, HEIGHT, bgr);
    byte[] other = MadeWebp.lossy(WIDTH, HEIGHT, new Scalar(0, 0, 0, 0));
    byte[] animated =
        MadeWebp.extended(
            WIDTH,
            HEIGHT,
            MadeWebp.frame(WIDTH, HEIGHT, MadeWebp.picture(lossy)),
            MadeWebp.frame(WIDTH, HEIGHT, MadeWebp.picture(other)));
    return Stream.of(
        Arguments.of("lossy webp", lossy, COLOUR),
        Arguments.of("lossless webp", MadeWebp.lossless(WIDTH, HEIGHT, bgr), COLOUR),
        Arguments.of("webp with alpha", MadeWebp.withAlpha(WIDTH, HEIGHT, bgr), COLOUR),
        Arguments.of("first of an animated webp", animated, COLOUR));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void decode_givesTheColour(String name, byte[] file, Color colour) throws RejectedPhoto {
    DecodedPhoto photo = decoder.decode(file);

    assertThat(photo.width()).as(name).isEqualTo(WIDTH);
    assertThat(photo.height()).isEqualTo(HEIGHT);
    for (int[] at : new int[][] {{0, 0}, {WIDTH / 2, HEIGHT / 2}, {WIDTH - 1, HEIGHT - 1}}) {
      Color found = colourAt(photo, at[0], at[1]);
      assertThat(Math.abs(found.getRed() - colour.getRed())).isLessThanOrEqualTo(TOLERANCE);
      assertThat(Math.abs(found.getGreen() - colour.getGreen())).isLessThanOrEqualTo(TOLERANCE);
      assertThat(Math.abs(found.getBlue() - colour.getBlue())).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static Color colourAt(DecodedPhoto photo, int x, int y) {
    Pixels pixels = photo.pixels();
    return new Color(pixels.at(x, y, 2), pixels.at(x, y, 1), pixels.at(x, y, 0));
  }

  private static Arguments png(
      String name,
      int depth,
      int type,
      int interlace,
      byte[] pixel,
      Color colour,
      byte[]... chunks) {
    Header header = new Header(WIDTH, HEIGHT, depth, type, interlace);
    String order = interlace == 1 ? ", interlaced" : "";
    return Arguments.of("png, " + name + order, MadePng.of(header, pixel, chunks), colour);
  }

  private static BufferedImage picture(int type, Color colour) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, type);
    if (type == BufferedImage.TYPE_BYTE_GRAY) {
      int[] greys = new int[WIDTH * HEIGHT];
      java.util.Arrays.fill(greys, colour.getRed());
      picture.getRaster().setPixels(0, 0, WIDTH, HEIGHT, greys);
    } else {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        picture.setRGB(i % WIDTH, i / WIDTH, colour.getRGB());
      }
    }
    return picture;
  }

  private static byte[] progressive(BufferedImage picture) throws IOException {
    return written(new IIOImage(picture, null, null), ImageWriteParam.MODE_DEFAULT);
  }

  private static byte[] jpeg(Raster inks) throws IOException {
    return written(new IIOImage(inks, null, null), ImageWriteParam.MODE_DISABLED);
  }

  private static byte[] written(IIOImage image, int progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setProgressiveMode(progressive);
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (var output = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(output);
      writer.write(null, image, settings);
    }
    writer.dispose();
    return file.toByteArray();
  }

  private static Raster inks(int... values) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            java.awt.image.DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, values.length, null);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      raster.setPixel(i % WIDTH, i / WIDTH, values);
    }
    return raster;
  }

  /** The colour of luminance and its two differences, stored as the opposite of three inks. */
  private static Color ofYcck(int y, int cb, int cr) {
    double red = y + 1.402 * (cr - 128);
    double green = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
    double blue = y + 1.772 * (cb - 128);
    return new Color(
        255 - (int) Math.round(red), 255 - (int) Math.round(green), 255 - (int) Math.round(blue));
  }
}
