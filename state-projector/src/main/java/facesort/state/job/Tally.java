package facesort.state.job;

import facesort.schemas.DeliveryState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts of a job. A photo is counted under exactly one state, so the sum over all states is the
 * number submitted at every moment: conservation holds by construction.
 *
 * @param photos photos by state; a missing state counts 0
 * @param pairs pairs of photo and friend by state
 * @param faces faces found
 * @param answered pairs that delivery said something about
 */
record Tally(
    Map<PhotoState, Integer> photos, Map<DeliveryState, Integer> pairs, int faces, int answered) {

  /** Nothing counted. */
  static final Tally ZERO = new Tally(Map.of(), Map.of(), 0, 0);

  static Tally of(PhotoState state, int faces, Collection<DeliveryState> pairs, int answered) {
    var byState = new EnumMap<DeliveryState, Integer>(DeliveryState.class);
    pairs.forEach(pair -> byState.merge(pair, 1, Integer::sum));
    return new Tally(Map.of(state, 1), byState, faces, answered);
  }

  int count(PhotoState state) {
    return photos.getOrDefault(state, 0);
  }

  int count(DeliveryState state) {
    return pairs.getOrDefault(state, 0);
  }

  int submitted() {
    return sum(photos);
  }

  int pairCount() {
    return sum(pairs);
  }

  int inFlight() {
    return count(PhotoState.QUEUED) + count(PhotoState.DETECTED);
  }

  /** This with one photo counted anew. */
  Tally replace(Tally before, Tally after) {
    return before.equals(after)
        ? this
        : new Tally(
            moved(PhotoState.class, photos, before.photos, after.photos),
            moved(DeliveryState.class, pairs, before.pairs, after.pairs),
            faces - before.faces + after.faces,
            answered - before.answered + after.answered);
  }

  /**
   * This with every photo in flight counted under the state in which the end of its run left it.
   */
  Tally ended(PhotoState state) {
    var inFlight = inFlight();
    if (inFlight == 0) {
      return this;
    }
    var moved = new EnumMap<PhotoState, Integer>(PhotoState.class);
    moved.putAll(photos);
    moved.remove(PhotoState.QUEUED);
    moved.remove(PhotoState.DETECTED);
    moved.merge(state, inFlight, Integer::sum);
    return new Tally(moved, pairs, faces, answered);
  }

  private static <K extends Enum<K>> Map<K, Integer> moved(
      Class<K> type, Map<K, Integer> counts, Map<K, Integer> before, Map<K, Integer> after) {
    var moved = new EnumMap<K, Integer>(type);
    moved.putAll(counts);
    before.forEach((state, count) -> moved.merge(state, -count, Integer::sum));
    after.forEach((state, count) -> moved.merge(state, count, Integer::sum));
    moved.values().removeIf(count -> count == 0);
    return moved;
  }

  private static int sum(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
