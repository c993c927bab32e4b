package facesort.bench.pipeline;

import facesort.bench.drive.WrongOutput;
import facesort.bench.pipeline.SystemLeg.Arrival;
import facesort.bench.pipeline.SystemLeg.Delivery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the whole system did what the bare loop says it must. */
final class OutputCheck {
  private OutputCheck() {}

  /**
   * Throws unless each photo has the faces and friends that the bare loop saw, and each friend got
   * each photo he or she is on once, and nothing else.
   *
   * @param hashes SHA-256 of each photo
   */
  static void require(SystemLeg leg, List<Seen> bare, List<String> hashes) {
    if (leg.seen().size() != bare.size()) {
      throw new WrongOutput(
          "%d photos have a match.result, %d were submitted"
              .formatted(leg.seen().size(), bare.size()));
    }
    List<Delivery> deliveries = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    for (int position = 0; position < bare.size(); position++) {
      Seen expected = bare.get(position);
      if (!leg.seen().get(position).equals(expected)) {
        throw new WrongOutput(
            "photo %d: the system saw %s, the bare loop %s"
                .formatted(position, leg.seen().get(position), expected));
      }
      for (String friend : expected.friends()) {
        deliveries.add(new Delivery(position, friend));
        arrivals.add(new Arrival(hashes.get(position), friend));
      }
    }
    requireOnce("delivery.done", deliveries, leg.deliveries());
    requireOnce("what arrived", arrivals, leg.arrivals());
  }

  private static <T> void requireOnce(String what, Collection<T> wanted, Collection<T> found) {
    Set<T> different = new HashSet<>(found);
    if (found.size() != different.size() || !different.equals(new HashSet<>(wanted))) {
      throw new WrongOutput(
          "%s: %d pairs, %d different ones, %d expected"
              .formatted(what, found.size(), different.size(), wanted.size()));
    }
  }
}
