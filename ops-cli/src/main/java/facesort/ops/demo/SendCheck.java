package facesort.ops.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Compares what friends should have got with what arrived.
 *
 * @param duplicates arrivals beyond the first of a photo at a friend
 * @param missing photos that did not arrive at a friend
 * @param strangers arrivals of photos at friends who should not have got them
 */
record SendCheck(int duplicates, int missing, int strangers) {

  /**
   * A photo at a friend.
   *
   * @param sha256 of the photo's bytes
   */
  record Arrival(String friendId, String sha256) {}

  /**
   * @param expected each pair once or more, which means the same
   * @param arrived each arrival
   */
  static SendCheck of(Collection<Arrival> expected, Collection<Arrival> arrived) {
    Map<Arrival, Integer> times = new HashMap<>();
    arrived.forEach(arrival -> times.merge(arrival, 1, Integer::sum));
    Set<Arrival> wanted = new HashSet<>(expected);
    return new SendCheck(
        times.values().stream().mapToInt(count -> count - 1).sum(),
        (int) wanted.stream().filter(pair -> !times.containsKey(pair)).count(),
        (int) times.keySet().stream().filter(pair -> !wanted.contains(pair)).count());
  }

  boolean isClean() {
    return duplicates == 0 && missing == 0 && strangers == 0;
  }
}
