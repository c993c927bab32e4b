package facesort.worker;

import facesort.schemas.InFlightTask;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;

/** The tasks that are being worked on, and since when. */
final class InFlight {
  private final Map<Task<?>, Instant> since = new ConcurrentHashMap<>();
  private final Clock clock;

  InFlight(Clock clock) {
    this.clock = clock;
  }

  <T extends SpecificRecord> void begin(List<Received<T>> bucket) {
    Instant now = clock.instant();
    bucket.forEach(received -> since.put(received.task(), now));
  }

  <T extends SpecificRecord> void end(List<Received<T>> bucket) {
    bucket.forEach(received -> since.remove(received.task()));
  }

  /** All of them, the oldest first. */
  List<InFlightTask> tasks() {
    return since.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry<Task<?>, Instant>::getValue))
        .map(entry -> {
          String job = entry.getKey().jobId();
          return new InFlightTask(entry.getKey().id(), job == null ? "" : job, entry.getValue());
        })
        .toList();
  }
}
