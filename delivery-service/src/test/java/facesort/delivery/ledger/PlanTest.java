package facesort.delivery.ledger;

import static facesort.delivery.ledger.Matches.Found.matched;
import static facesort.delivery.ledger.Matches.Found.review;
import static facesort.delivery.ledger.Matches.match;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.delivery.ledger.Matches.Found;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.MatchDecision;
import facesort.schemas.ObjectRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void of_plansMatchesAndHoldsReviews() {
    var plan = Plan.of(match("demo", "job", "p1", 0, matched("anna", 0.7), review("ben", 0.45)));

    assertThat(pairs(plan))
        .extracting(pair -> pair.key().friendId(), PlannedPair::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("anna", DeliveryState.PLANNED),
            org.assertj.core.groups.Tuple.tuple("ben", DeliveryState.HELD));
  }

  @Test
  void of_plansNothingWhenNobodyWasRecognised() {
    var nobody = new Found(MatchDecision.NO_MATCH, null, 0.1f);
    var skipped = new Found(MatchDecision.SKIPPED, "anna", 0.9f);
    var later = new Found(MatchDecision.UNKNOWN, "anna", 0.9f);

    assertThat(pairs(Plan.of(match("demo", "job", "p1", 0, nobody, skipped, later)))).isEmpty();
  }

  @Test
  void of_givesAFriendThePhotoOnce() {
    var plan =
        Plan.of(
            match(
                "demo",
                "job",
                "p1",
                0,
                review("anna", 0.49),
                matched("anna", 0.6),
                matched("anna", 0.8)));

    assertThat(pairs(plan)).hasSize(1);
    assertThat(pairs(plan).getFirst().state()).isEqualTo(DeliveryState.PLANNED);
    assertThat(pairs(plan).getFirst().score()).isEqualTo(0.8f);
  }

  @Test
  void of_refusesAMatchWithoutFriend() {
    var nameless = new Found(MatchDecision.MATCHED, null, 0.9f);

    assertThat(code(Plan.of(match("demo", "job", "p1", 0, nameless))))
        .isEqualTo(FailureCode.INVALID_EVENT);
  }

  @Test
  void of_refusesIdsThatAreNone() {
    assertThat(code(Plan.of(match("demo", "job", "../p1", 0))))
        .isEqualTo(FailureCode.INVALID_EVENT);
    assertThat(code(Plan.of(match("demo", "job", "p1", 0, matched("a/b", 0.9)))))
        .isEqualTo(FailureCode.INVALID_EVENT);
  }

  @Test
  void of_refusesAPhotoOfAnotherOwner() {
    var foreign = new ObjectRef("facesort", "owners/other/jobs/job/photos/p1", null, 1L);

    assertThat(code(Plan.of(match("demo", "job", "p1", 0, foreign, matched("anna", 0.9)))))
        .isEqualTo(FailureCode.SOURCE_FORBIDDEN);
  }

  private static List<PlannedPair> pairs(Plan plan) {
    return switch (plan) {
      case Plan.Pairs(var pairs) -> pairs;
      case Plan.Invalid invalid -> throw new AssertionError(invalid);
    };
  }

  private static FailureCode code(Plan plan) {
    return switch (plan) {
      case Plan.Pairs pairs -> throw new AssertionError(pairs);
      case Plan.Invalid(var code, var message) -> {
        assertThat(message).isNotBlank();
        yield code;
      }
    };
  }
}
