package facesort.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VerificationTest {
  @Test
  void auc_isTheShareOfPairsWon_tiesHalf() {
    // 0.9 beats all four, 0.5 beats two and ties with one, 0.1 beats one: 4 + 2.5 + 1 of 12.
    Verification scores = new Verification(floats(0.9, 0.5, 0.1), floats(0.0, 0.3, 0.5, 0.7));

    assertThat(scores.auc()).isCloseTo(7.5 / 12, within(1e-12));
    assertThat(scores.pairs()).isEqualTo(7);
  }

  @Test
  void auc_ofPerfectAndOfEqualScores() {
    assertThat(new Verification(floats(0.8, 0.7), floats(0.1, 0.6)).auc()).isEqualTo(1);
    assertThat(new Verification(floats(0.1), floats(0.6, 0.2)).auc()).isZero();
    assertThat(new Verification(floats(0.4, 0.4), floats(0.4, 0.4, 0.4)).auc()).isEqualTo(0.5);
  }

  @Test
  void trueAccepts_areCountedAboveTheScoreThatTheAllowedShareExceeds() {
    // Of ten pairs of two, 1 may pass at 0.1: 0.9 does, so the score must be above 0.8.
    Verification scores =
        new Verification(
            floats(0.95, 0.85, 0.8, 0.2), floats(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0));

    assertThat(scores.thresholdAt(0.1)).isEqualTo(0.8f);
    assertThat(scores.trueAcceptsAt(0.1)).isEqualTo(0.5);
    assertThat(scores.trueAcceptsAt(0.15)).isEqualTo(0.5);
    assertThat(scores.trueAcceptsAt(0.2)).isEqualTo(0.75);
    assertThat(scores.trueAcceptsAt(1)).isEqualTo(1);
  }

  @Test
  void trueAccepts_withFewerPairsThanTheShareNeeds_passNoneOfTwo() {
    Verification scores = new Verification(floats(0.6, 0.5, 0.4), floats(0.5, 0.1));

    assertThat(scores.trueAcceptsAt(1e-4)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void scoresOfTwoThatTie_passTogetherOrNotAtAll() {
    Verification scores = new Verification(floats(0.5, 0.6), floats(0.5, 0.5, 0.5, 0.1));

    // One of four may pass, but three have the same score: only what is above it passes.
    assertThat(scores.trueAcceptsAt(0.25)).isEqualTo(0.5);
  }

  @Test
  void nothingToCompare_isRefused() {
    assertThatThrownBy(() -> new Verification(floats(), floats(0.1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Verification(floats(Double.NaN), floats(0.1)))
        .hasMessage("A score is NaN");
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
