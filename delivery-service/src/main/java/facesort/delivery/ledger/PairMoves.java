package facesort.delivery.ledger;

import facesort.schemas.DeliveryState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The moves that a pair of photo and friend may make; everything else is forbidden. A state without
 * moves is closed, and a pair that reaches one is reported once by {@code delivery.done}.
 */
public final class PairMoves {

  private static final Set<DeliveryState> NONE = Set.of();

  /** UNKNOWN here is the state of a lost answer; nothing in this service reads foreign states. */
  private static final Map<DeliveryState, Set<DeliveryState>> MOVES =
      Map.of(
          DeliveryState.PLANNED, EnumSet.of(DeliveryState.RELEASED, DeliveryState.DROPPED),
          DeliveryState.HELD, EnumSet.of(DeliveryState.DROPPED),
          DeliveryState.RELEASED,
              EnumSet.of(
                  DeliveryState.SENDING,
                  DeliveryState.DROPPED,
                  DeliveryState.REFUSED,
                  DeliveryState.FAILED),
          // Back to RELEASED only when it is certain that nothing went out.
          DeliveryState.SENDING,
              EnumSet.of(
                  DeliveryState.SENT,
                  DeliveryState.UNKNOWN,
                  DeliveryState.REFUSED,
                  DeliveryState.RELEASED),
          DeliveryState.SENT, NONE,
          DeliveryState.UNKNOWN, NONE,
          DeliveryState.REFUSED, NONE,
          DeliveryState.FAILED, NONE,
          DeliveryState.DROPPED, NONE,
          DeliveryState.RECALLED, NONE);

  private PairMoves() {}

  /** True when a pair may go from one state to the other; never true for the same state. */
  public static boolean allows(DeliveryState from, DeliveryState to) {
    return MOVES.getOrDefault(from, NONE).contains(to);
  }

  /** True when a pair begins in this state. */
  public static boolean begins(DeliveryState state) {
    return state == DeliveryState.PLANNED || state == DeliveryState.HELD;
  }

  /** True when no move leads out of the state. */
  public static boolean closes(DeliveryState state) {
    return MOVES.getOrDefault(state, NONE).isEmpty();
  }

  /**
   * Refuses a forbidden move.
   *
   * @throws IllegalStateException naming both states
   */
  static void require(DeliveryState from, DeliveryState to) {
    if (!allows(from, to)) {
      throw new IllegalStateException("a pair never goes from " + from + " to " + to);
    }
  }
}
