package facesort.ops.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class DeriveTest {
  private static final int RED = 0xffff0000;
  private static final int BLUE = 0xff0000ff;
  private static final int GREY = 0xff808080;

  /** Red in the upper left corner, blue in the upper right one, else grey. */
  private static final BufferedImage IMAGE = image();

  @Test
  void mirrored_swapsLeftAndRight() {
    BufferedImage mirrored = Derive.mirrored(IMAGE);

    assertThat(mirrored.getRGB(0, 0)).isEqualTo(BLUE);
    assertThat(mirrored.getRGB(5, 0)).isEqualTo(RED);
  }

  @Test
  void turnedLeft_movesTheUpperRightCornerToTheUpperLeft() {
    BufferedImage turned = Derive.turnedLeft(IMAGE);

    assertThat(turned.getWidth()).isEqualTo(4);
    assertThat(turned.getHeight()).isEqualTo(6);
    assertThat(turned.getRGB(0, 0)).isEqualTo(BLUE);
    assertThat(turned.getRGB(0, 5)).isEqualTo(RED);
  }

  @Test
  void darker_keepsTheSizeAndLosesLight() {
    BufferedImage darker = Derive.darker(IMAGE);

    assertThat(darker.getRGB(0, 0) & 0xff0000).isLessThan(RED & 0x800000);
    assertThat(darker.getWidth()).isEqualTo(6);
    assertThat(IMAGE.getRGB(0, 0)).isEqualTo(RED);
  }

  @Test
  void halfSize_halvesBothSides() {
    assertThat(Derive.halfSize(IMAGE).getWidth()).isEqualTo(3);
    assertThat(Derive.halfSize(IMAGE).getHeight()).isEqualTo(2);
  }

  @Test
  void besideEachOther_isAsHighAsTheLowerOne() {
    BufferedImage both = Derive.besideEachOther(IMAGE, Derive.halfSize(IMAGE));

    assertThat(both.getHeight()).isEqualTo(2);
    assertThat(both.getWidth()).isEqualTo(6);
  }

  @Test
  void cropped_startsAtTheBox() {
    BufferedImage cropped = Derive.cropped(IMAGE, new Box(5, 0, 1, 2));

    assertThat(cropped.getWidth()).isEqualTo(1);
    assertThat(cropped.getHeight()).isEqualTo(2);
    assertThat(cropped.getRGB(0, 0)).isEqualTo(BLUE);
    assertThat(cropped.getRGB(0, 1)).isEqualTo(GREY);
  }

  private static BufferedImage image() {
    BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 6; x++) {
      for (int y = 0; y < 4; y++) {
        image.setRGB(x, y, GREY);
      }
    }
    image.setRGB(0, 0, RED);
    image.setRGB(5, 0, BLUE);
    return image;
  }
}
