package facesort.delivery.ledger;

import static facesort.schemas.DeliveryState.DROPPED;
import static facesort.schemas.DeliveryState.FAILED;
import static facesort.schemas.DeliveryState.HELD;
import static facesort.schemas.DeliveryState.PLANNED;
import static facesort.schemas.DeliveryState.RECALLED;
import static facesort.schemas.DeliveryState.REFUSED;
import static facesort.schemas.DeliveryState.RELEASED;
import static facesort.schemas.DeliveryState.SENDING;
import static facesort.schemas.DeliveryState.SENT;
import static facesort.schemas.DeliveryState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.DeliveryState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PairMovesTest {

  record Move(DeliveryState from, DeliveryState to) {}

  /** Written out once more, so that a changed table is a changed test. */
  private static final Set<Move> ALLOWED =
      Set.of(
          new Move(PLANNED, RELEASED),
          new Move(PLANNED, DROPPED),
          new Move(HELD, DROPPED),
          new Move(RELEASED, SENDING),
          new Move(RELEASED, DROPPED),
          new Move(RELEASED, REFUSED),
          new Move(RELEASED, FAILED),
          new Move(SENDING, SENT),
          new Move(SENDING, UNKNOWN),
          new Move(SENDING, REFUSED),
          new Move(SENDING, RELEASED));

  static Stream<Move> allMoves() {
    return Arrays.stream(DeliveryState.values())
        .flatMap(from -> Arrays.stream(DeliveryState.values()).map(to -> new Move(from, to)));
  }

  static Stream<Move> allowedMoves() {
    return ALLOWED.stream();
  }

  static Stream<Move> forbiddenMoves() {
    return allMoves().filter(move -> !ALLOWED.contains(move));
  }

  @ParameterizedTest
  @MethodSource("allowedMoves")
  void require_letsAllowedMovesPass(Move move) {
    assertThatCode(() -> PairMoves.require(move.from(), move.to())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("forbiddenMoves")
  void require_refusesEveryOtherMove(Move move) {
    assertThatThrownBy(() -> PairMoves.require(move.from(), move.to()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(move.from() + " to " + move.to());
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"SENT", "UNKNOWN", "REFUSED", "FAILED", "DROPPED", "RECALLED"})
  void closes_holdsForEndStates(DeliveryState state) {
    assertThat(PairMoves.closes(state)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"PLANNED", "HELD", "RELEASED", "SENDING"})
  void closes_isFalseOnTheWay(DeliveryState state) {
    assertThat(PairMoves.closes(state)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(DeliveryState.class)
  void begins_holdsForPlannedAndHeldOnly(DeliveryState state) {
    assertThat(PairMoves.begins(state)).isEqualTo(Set.of(PLANNED, HELD).contains(state));
    assertThat(Set.of(SENT, UNKNOWN, RECALLED)).noneMatch(PairMoves::begins);
  }
}
