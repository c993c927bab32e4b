package facesort.bench.pipeline;

import java.util.List;
import java.util.Map;

/**
 * One job of the whole system.
 *
 * @param seconds from the begin of the request to the job's end, seen by a reader of job.status
 * @param timeline seconds from the begin of the request to the last record of a kind
 * @param cpu CPU milliseconds a photo, by process
 * @param cpuMatched the part of that until the job was matched
 * @param threads CPU milliseconds a photo, by process and kind of thread
 * @param idleShare share of all cores' time in which they had nothing to do
 * @param idleShareMatched the same until the job was matched
 * @param otherShare share of it that went to processes that are not ours
 * @param seen what match.result says, photo by photo
 * @param deliveries what delivery.done says: position and friend of each pair that was sent
 * @param arrivals hash and friend of each photo that arrived
 */
record SystemLeg(
    double seconds,
    Map<String, Double> timeline,
    Map<String, Double> cpu,
    Map<String, Double> cpuMatched,
    Map<String, Double> threads,
    double idleShare,
    double idleShareMatched,
    double otherShare,
    List<Seen> seen,
    List<Delivery> deliveries,
    List<Arrival> arrivals) {

  /** A photo that was sent to a friend, as delivery.done says. */
  record Delivery(int position, String friend) {}

  /** A photo that arrived at a friend. */
  record Arrival(String sha256, String friend) {}

  SystemLeg {
    seen = List.copyOf(seen);
    deliveries = List.copyOf(deliveries);
    arrivals = List.copyOf(arrivals);
  }

  double photosPerSecond() {
    return seen.size() / seconds;
  }
}
