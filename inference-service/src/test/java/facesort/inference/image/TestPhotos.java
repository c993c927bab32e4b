package facesort.inference.image;

import facesort.local.assets.Assets;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Photos to test with: the real samples, and files made of them or from nothing. */
public final class TestPhotos {
  private TestPhotos() {}

  /** Returns the file of a sample photo, 1 to 6. */
  public static byte[] sample(int number) throws IOException {
    return Files.readAllBytes(Assets.samplePhotos().resolve("sample" + number + ".jpg"));
  }

  /** Returns a picture without any face. */
  public static BufferedImage meadow(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(90, 160, 230));
    graphics.fillRect(0, 0, width, height / 2);
    graphics.setColor(new Color(70, 140, 50));
    graphics.fillRect(0, height / 2, width, height - height / 2);
    graphics.dispose();
    return image;
  }

  /** Decodes a file by other means than ours. */
  public static BufferedImage image(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  /** Returns a part of a sample photo as a JPEG file. */
  public static byte[] crop(int number, int x, int y, int width, int height) throws IOException {
    return jpeg(image(sample(number)).getSubimage(x, y, width, height));
  }

  /** Encodes as JPEG of high quality. */
  public static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(0.95f);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    writer.setOutput(ImageIO.createImageOutputStream(file));
    writer.write(null, new IIOImage(image, null, null), settings);
    writer.dispose();
    return file.toByteArray();
  }

  /** Encodes as PNG. */
  public static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  /** Returns a JPEG file that says it is stored in an EXIF orientation. */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xFFE1).putShort((short) 34);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    exif.putShort((short) 1);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + exif.capacity())
        .put(jpeg, 0, 2)
        .put(exif.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Returns the first part of a file. */
  public static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }
}
