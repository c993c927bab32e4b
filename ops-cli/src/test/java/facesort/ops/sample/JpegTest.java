package facesort.ops.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JpegTest {
  private static final BufferedImage IMAGE = Derive.landscape(120, 80);

  @Test
  void withOrientation_putsAnExifSegmentAfterTheStart() throws Exception {
    byte[] file = Jpeg.write(IMAGE, 0.9f);

    byte[] turned = Jpeg.withOrientation(file, 6);

    assertThat(HexFormat.of().formatHex(turned, 0, 38))
        .isEqualTo(
            "ffd8" // start of image
                + "ffe1"
                + "0022" // APP1, 34 bytes with the length itself
                + "457869660000" // Exif
                + "4d4d"
                + "002a"
                + "00000008" // big-endian TIFF, directory at 8
                + "0001" // one entry
                + "0112"
                + "0003"
                + "00000001"
                + "00060000" // orientation, short, one, 6
                + "00000000"); // no further directory
    assertThat(Arrays.copyOfRange(turned, 38, turned.length))
        .isEqualTo(Arrays.copyOfRange(file, 2, file.length));
    assertThat(Jpeg.read(turned).getWidth()).isEqualTo(120);
  }

  @Test
  void write_isSmaller_withLessQuality() throws Exception {
    assertThat(Jpeg.write(IMAGE, 0.1f).length).isLessThan(Jpeg.write(IMAGE, 0.9f).length);
  }
}
