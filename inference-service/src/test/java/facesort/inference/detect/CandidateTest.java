package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateTest {
  private static final Candidate WEAK = at(0, 0.7f);
  private static final Candidate STRONG = at(3, 0.9f);
  private static final Candidate FAR = at(100, 0.8f);

  @Test
  void withoutRepeats_keepsTheBestOfOverlappingOnes() {
    // 7 of 13 columns shared: overlap 0.54.
    assertThat(Candidate.withoutRepeats(List.of(WEAK, FAR, STRONG), 0.4f))
        .containsExactly(STRONG, FAR);
  }

  @Test
  void withoutRepeats_keepsThoseThatOverlapByLess() {
    assertThat(Candidate.withoutRepeats(List.of(WEAK, FAR, STRONG), 0.6f))
        .containsExactly(STRONG, FAR, WEAK);
  }

  @Test
  void withoutRepeats_isNotMisledByADroppedOne() {
    // The middle one falls to the first, and must not take the last with it.
    Candidate first = at(0, 0.9f);
    Candidate middle = at(4, 0.8f);
    Candidate last = at(8, 0.7f);

    assertThat(Candidate.withoutRepeats(List.of(first, middle, last), 0.4f))
        .containsExactly(first, last);
  }

  private static Candidate at(float left, float score) {
    return new Candidate(new BoundingBox(left, 0, left + 10, 10), score);
  }
}
