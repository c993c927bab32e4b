package facesort.inference.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.Embedding;
import facesort.schemas.FailureCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnePersonTest {
  /**
   * In the plane the cosine of two pictures is that of the angle between them: 0.5 at 60 degrees.
   */
  private static final OnePerson RULE = new OnePerson(0.5f);

  @Test
  void one_isTaken() {
    assertThat(taken(0)).containsExactly(true);
    assertThat(RULE.agreeing(List.of())).isEmpty();
  }

  @Test
  void twoThatAgree_areTaken() {
    assertThat(taken(0, 59)).containsExactly(true, true);
  }

  @Test
  void twoThatDisagree_areBothRefused_sinceNobodyKnowsWhichIsRight() {
    List<ReferenceVerdict> verdicts = RULE.agreeing(pictures(0, 61));

    assertThat(verdicts)
        .allSatisfy(
            verdict -> assertThat(((Refused) verdict).code()).isEqualTo(FailureCode.OUTLIER));
    assertThat(((Refused) verdicts.getFirst()).message())
        .isEqualTo(
            "The references do not agree who the friend is: cosine 0.48 to the nearest other, at"
                + " least 0.50 is needed; send photos of the friend alone, best three or more");
  }

  @Test
  void oneOfThree_isRefusedWhenTheOthersAgree() {
    List<ReferenceVerdict> verdicts = RULE.agreeing(pictures(0, 100, 20));

    assertThat(verdicts.get(0)).isInstanceOf(Accepted.class);
    assertThat(verdicts.get(2)).isInstanceOf(Accepted.class);
    Refused refused = (Refused) verdicts.get(1);
    assertThat(refused.code()).isEqualTo(FailureCode.OUTLIER);
    assertThat(refused.faces()).isEqualTo(1);
    assertThat(refused.message())
        .isEqualTo(
            "The face is not that of the other references: cosine 0.17 to the nearest, at least 0.50"
                + " is needed; leave this photo out");
  }

  @Test
  void aPictureBetweenTwo_holdsThemTogether() {
    assertThat(taken(0, 50, 100)).containsExactly(true, true, true);
    assertThat(taken(0, 100, 50)).containsExactly(true, true, true);
  }

  @Test
  void twoAgainstTwo_areAllRefused() {
    assertThat(taken(0, 10, 120, 130)).containsExactly(false, false, false, false);
  }

  @Test
  void threeAgainstTwo_winAndTheTwoAreRefused() {
    assertThat(taken(0, 120, 10, 130, 20)).containsExactly(true, false, true, false, true);
  }

  @Test
  void noneThatAgree_areAllRefused() {
    assertThat(taken(0, 120, 240)).containsExactly(false, false, false);
  }

  @Test
  void refusedBefore_staysAsItIs_andCountsForNothing() {
    Refused blurred = new Refused(FailureCode.LOW_QUALITY, 1, "blurred");
    List<ReferenceVerdict> verdicts = new ArrayList<>(pictures(0));
    verdicts.addFirst(blurred);

    assertThat(RULE.agreeing(verdicts)).isEqualTo(verdicts);
  }

  @Test
  void samePictureTwice_isTakenTwice() {
    assertThat(taken(0, 0)).containsExactly(true, true);
  }

  @Test
  void order_changesNothing() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Integer> angles = new ArrayList<>(random.ints(6, 0, 360).distinct().boxed().toList());
      List<Integer> before = takenOf(angles);
      Collections.shuffle(angles, random);

      assertThat(takenOf(angles)).as("seed 7, round %d", round).hasSameElementsAs(before);
    }
  }

  private static List<Integer> takenOf(List<Integer> angles) {
    List<Boolean> taken = taken(angles.stream().mapToInt(i -> i).toArray());
    return IntStream.range(0, angles.size()).filter(taken::get).mapToObj(angles::get).toList();
  }

  private static List<Boolean> taken(int... angles) {
    return RULE.agreeing(pictures(angles)).stream()
        .map(verdict -> verdict instanceof Accepted)
        .toList();
  }

  private static List<ReferenceVerdict> pictures(int... angles) {
    return Arrays.stream(angles)
        .<ReferenceVerdict>mapToObj(angle -> {
          double turn = Math.toRadians(angle);
          return new Accepted(Embedding.of((float) Math.cos(turn), (float) Math.sin(turn)));
        })
        .toList();
  }
}
