package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookRulesTest {
  /** Two picture pixels along one of the field: a small face has a side below 64. */
  private static final float PIXEL_SIZE = 2;

  private static final Candidate SMALL = at(500, 500, 63);
  private static final Candidate LARGE = at(100, 100, 200);

  @Test
  void smallFacesAreLikely_besideASmallOne() {
    assertThat(LookRules.smallFacesLikely(List.of(SMALL), PIXEL_SIZE)).isTrue();
    assertThat(LookRules.smallFacesLikely(List.of(LARGE, SMALL), PIXEL_SIZE)).isTrue();
  }

  @Test
  void smallFacesAreLikely_whereNoneWasFound() {
    assertThat(LookRules.smallFacesLikely(List.of(), PIXEL_SIZE)).isTrue();
  }

  @Test
  void smallFacesAreNotLikely_besideLargeOnesAlone() {
    assertThat(LookRules.smallFacesLikely(List.of(LARGE, at(500, 500, 64)), PIXEL_SIZE)).isFalse();
  }

  @Test
  void smallFacesAreNotLookedFor_whereALargerFieldShowsNoMore() {
    assertThat(LookRules.smallFacesLikely(List.of(), 1.24f)).isFalse();
    assertThat(LookRules.smallFacesLikely(List.of(), 1.25f)).isTrue();
  }

  @Test
  void withSmall_addsASmallFaceElsewhere() {
    assertThat(LookRules.withSmall(List.of(LARGE), List.of(SMALL), PIXEL_SIZE))
        .containsExactly(LARGE, SMALL);
  }

  @Test
  void withSmall_addsNoLargeFace() {
    assertThat(LookRules.withSmall(List.of(SMALL), List.of(LARGE), PIXEL_SIZE))
        .containsExactly(SMALL);
  }

  @Test
  void withSmall_addsNothingUncertain() {
    Candidate uncertain = new Candidate(SMALL.box(), 0.74f);

    assertThat(LookRules.withSmall(List.of(LARGE), List.of(uncertain), PIXEL_SIZE))
        .containsExactly(LARGE);
  }

  @Test
  void withSmall_addsNoPartOfAFace() {
    Candidate eye = at(150, 150, 40);
    Candidate halfOutside = at(80, 150, 40);
    Candidate atItsEdge = at(70, 150, 40);

    // Overlaps of boxes so unlike in size are all below 0.04: only what is covered tells them.
    assertThat(
            LookRules.withSmall(List.of(LARGE), List.of(eye, halfOutside, atItsEdge), PIXEL_SIZE))
        .containsExactly(LARGE, atItsEdge);
  }

  @Test
  void large_keepsFacesThatFillTheField() {
    assertThat(LookRules.large(List.of(SMALL, LARGE), PIXEL_SIZE)).containsExactly(LARGE);
  }

  private static Candidate at(float left, float top, float side) {
    return new Candidate(new BoundingBox(left, top, left + side, top + side), 0.9f);
  }
}
