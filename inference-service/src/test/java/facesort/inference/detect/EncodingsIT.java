package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.TestPhotos;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A face is the same face however its photo is stored. */
class EncodingsIT {
  @TempDir static Path cache;
  private static FaceModels models;
  private static FacePipeline pipeline;
  private static byte[] photo;
  private static Embedding face;

  @BeforeAll
  static void findTheFaceAsItIs() throws Exception {
    models = FaceModels.load(Assets.models(), cache);
    pipeline = new FacePipeline(models);
    photo = TestPhotos.png(TestPhotos.image(TestPhotos.crop(1, 700, 300, 460, 460)));
    face = onlyFace(photo);
  }

  @AfterAll
  static void closeModels() {
    pipeline.close();
    models.close();
  }

  @Test
  void pngOfSixteenBits_hasTheSameFace() throws Exception {
    try (Mat colour = decoded(photo, IMREAD_COLOR);
        Mat deep = new Mat()) {
      colour.convertTo(deep, CV_16U, 257, 0);
      byte[] file = encoded(".png", deep);

      assertThat(file[24]).as("bits of a sample").isEqualTo((byte) 16);
      assertThat(onlyFace(file).cosine(face)).isGreaterThan(0.999f);
    }
  }

  @Test
  void greyPhotos_haveOneFaceMoreAlikeThanStrangers() throws Exception {
    try (Mat grey = decoded(photo, IMREAD_GRAYSCALE)) {
      Embedding png = onlyFace(encoded(".png", grey));
      Embedding jpeg = onlyFace(encoded(".jpg", grey));

      assertThat(jpeg.cosine(png)).isGreaterThan(0.98f);
      assertThat(png.cosine(face)).isGreaterThan(0.8f);
    }
  }

  @Test
  void cmykJpeg_hasTheSameFace() throws Exception {
    assertThat(onlyFace(cmyk(TestPhotos.image(photo))).cosine(face)).isGreaterThan(0.99f);
  }

  private static Embedding onlyFace(byte[] file) throws Exception {
    try (DecodedPhoto decoded = new PhotoDecoder().decode(file)) {
      List<Face> faces = pipeline.faces(decoded);
      assertThat(faces).hasSize(1);
      return Objects.requireNonNull(faces.getFirst().embedding());
    }
  }

  private static Mat decoded(byte[] file, int how) {
    try (BytePointer bytes = new BytePointer(file);
        Mat input = new Mat(1, file.length, CV_8UC1, bytes)) {
      return imdecode(input, how);
    }
  }

  private static byte[] encoded(String ending, Mat picture) {
    try (BytePointer output = new BytePointer()) {
      assertThat(imencode(ending, picture, output)).isTrue();
      byte[] file = new byte[(int) output.limit()];
      output.get(file);
      return file;
    }
  }

  /** Four inks, inverted and said to be so, as Adobe's programs write them. */
  private static byte[] cmyk(BufferedImage image) throws IOException {
    WritableRaster inks =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, image.getWidth(), image.getHeight(), 4, null);
    int[] rgb = new int[3];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().getPixel(x, y, rgb);
        inks.setPixel(x, y, new int[] {rgb[0], rgb[1], rgb[2], 255});
      }
    }
    byte[] jpeg = jpeg(inks);
    ByteBuffer adobe = ByteBuffer.allocate(16).putShort((short) 0xFFEE).putShort((short) 14);
    adobe.put("Adobe".getBytes(StandardCharsets.US_ASCII)).putShort((short) 100);
    return ByteBuffer.allocate(jpeg.length + 16)
        .put(jpeg, 0, 2)
        .put(adobe.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] jpeg(Raster raster) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(0.97f);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    writer.setOutput(ImageIO.createImageOutputStream(file));
    writer.write(null, new IIOImage(raster, null, null), settings);
    writer.dispose();
    return file.toByteArray();
  }
}
