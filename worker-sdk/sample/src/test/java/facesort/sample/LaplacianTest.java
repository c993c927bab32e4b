package facesort.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.FailureCode;
import facesort.worker.RejectedTask;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaplacianTest {
  private final Laplacian laplacian = Laplacian.checked();

  @Test
  void blurredPicture_scoresLower() {
    BufferedImage sharp = Pictures.noise(new Random(7), 64, 48);
    BufferedImage blurred = Pictures.blurred(sharp);

    assertThat(laplacian.score(blurred)).isLessThan(laplacian.score(sharp) / 4);
  }

  @Test
  void score_isOfThePictureNotOfItsEncoding() {
    BufferedImage picture = Pictures.noise(new Random(7), 64, 48);

    assertThat(laplacian.score(Pictures.encoded(picture, "png")))
        .isEqualTo(laplacian.score(picture));
  }

  @Test
  void flatOrTinyPicture_scoresNothing() {
    assertThat(laplacian.score(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY))).isZero();
    assertThat(laplacian.score(Pictures.noise(new Random(7), 2, 9))).isZero();
  }

  @Test
  void otherBytes_areRefused() {
    assertThatThrownBy(() -> laplacian.score(new byte[] {1, 2, 3}))
        .isInstanceOfSatisfying(
            RejectedTask.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.UNSUPPORTED_TYPE));
  }

  @Test
  void brokenPicture_isRefused() {
    assertThatThrownBy(() -> laplacian.score(Pictures.broken()))
        .isInstanceOfSatisfying(
            RejectedTask.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.CORRUPT_IMAGE));
  }
}
