package facesort.state.live;

import facesort.schemas.JobStatus;
import facesort.state.live.JobFeed.Latest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * One who listens: what it was not told yet, one status a job, told in the order of the topic and
 * only as fast as it takes it. So everything before the id of what it was told last was told.
 */
final class JobClient {

  private final FluxSink<JobChange> sink;
  private final Predicate<JobStatus> wanted;
  private final BiFunction<Position, JobStatus, JobChange> change;
  private final List<TreeMap<Long, Latest>> untold = new ArrayList<>();
  private final Map<String, Latest> byJob = new HashMap<>();
  private Position position;
  private boolean telling;

  JobClient(
      FluxSink<JobChange> sink,
      Predicate<JobStatus> wanted,
      Position from,
      BiFunction<Position, JobStatus, JobChange> change) {
    this.sink = sink;
    this.wanted = wanted;
    this.position = from;
    this.change = change;
  }

  /** The jobs there are; a position beyond the end of the topic is one of another topic. */
  synchronized void begin(List<Latest> known, long[] ends) {
    for (int i = 0; i < ends.length; i++) {
      untold.add(new TreeMap<>());
    }
    if (position.isBeyond(ends)) {
      position = Position.start(ends.length);
    }
    known.stream()
        .filter(latest -> position.isBefore(latest.partition(), latest.offset()))
        .forEach(this::changed);
  }

  /** A newer status of a job. */
  synchronized void changed(Latest latest) {
    if (!wanted.test(latest.status())) {
      return;
    }
    var older = byJob.put(latest.status().getJobId(), latest);
    if (older != null) {
      untold.get(older.partition()).remove(older.offset());
    }
    untold.get(latest.partition()).put(latest.offset(), latest);
  }

  /** Tells as much as the client asked for; any thread, one at a time. */
  void tell() {
    synchronized (this) {
      if (telling) {
        return;
      }
      telling = true;
    }
    for (var next = take(); next != null; next = take()) {
      sink.next(next);
    }
  }

  private synchronized @Nullable JobChange take() {
    for (var partition : untold) {
      if (sink.requestedFromDownstream() > 0 && !partition.isEmpty()) {
        var latest = partition.pollFirstEntry().getValue();
        byJob.remove(latest.status().getJobId());
        position = position.after(latest.partition(), latest.offset());
        return change.apply(position, latest.status());
      }
    }
    telling = false;
    return null;
  }

  void end() {
    sink.complete();
  }
}
