package facesort.worker.policy;

import java.util.Optional;

/**
 * Decides whose bucket is next: an interactive one, unless bulk was passed over so often that it
 * would fall below its share. Any bulk bucket ends the debt, so an interactive bucket that comes
 * while one runs is the next.
 *
 * @param every bulk gets at least every so-manieth turn while it waits, at least 2
 * @param passedOver turns that interactive got since the last bulk bucket while bulk waited
 */
record LaneOrder(int every, int passedOver) {
  private static final double LEAST_SHARE = 0.01;
  private static final double LARGEST_SHARE = 0.5;

  /** So that 1 / 0.1 is 10 even if it were computed as 9.999. */
  private static final double ROUNDING = 1e-9;

  /**
   * The order in which bulk gets at least this share of the turns while it waits.
   *
   * @throws IllegalArgumentException outside of 0.01 to 0.5
   */
  static LaneOrder withShare(double bulkShare) {
    if (!(bulkShare >= LEAST_SHARE && bulkShare <= LARGEST_SHARE)) {
      throw new IllegalArgumentException(
          "facesort.worker.bulk-share is %s, it must be %s to %s"
              .formatted(bulkShare, LEAST_SHARE, LARGEST_SHARE));
    }
    return new LaneOrder((int) (1 / bulkShare + ROUNDING), 0);
  }

  /** Whose turn it is, given who waits; empty when nobody does. */
  Optional<LaneKind> next(boolean interactiveWaits, boolean bulkWaits) {
    if (!interactiveWaits && !bulkWaits) {
      return Optional.empty();
    }
    boolean bulkIsDue = bulkWaits && passedOver + 1 >= every;
    return Optional.of(interactiveWaits && !bulkIsDue ? LaneKind.INTERACTIVE : LaneKind.BULK);
  }

  /**
   * The order after this turn was given.
   *
   * @param bulkStillWaits true when a bulk bucket waits now
   */
  LaneOrder after(LaneKind given, boolean bulkStillWaits) {
    return switch (given) {
      case BULK -> new LaneOrder(every, 0);
      case INTERACTIVE -> bulkStillWaits ? new LaneOrder(every, passedOver + 1) : this;
    };
  }
}
