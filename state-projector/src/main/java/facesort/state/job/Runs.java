package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a job: how many commands could have opened one, which one is open, how each ended.
 *
 * @param counted RESUME and RETRY records so far, refused ones included: the run of the next is one
 *     more
 * @param open run opened by the last accepted one; 0 before
 * @param resumed run opened by the last accepted RESUME; -1 before
 * @param deadline when the open run fails, milliseconds since 1970 UTC; null = as SUBMIT says
 * @param ends ends, oldest first, each of a higher run
 * @param seen by topic-partition the offset after the last record that could settle a photo
 * @param requeues selections that are not worked off yet, oldest first
 */
record Runs(
    int counted,
    int open,
    int resumed,
    @Nullable Long deadline,
    List<RunEnd> ends,
    NavigableMap<String, Long> seen,
    List<Requeue> requeues) {

  static final Runs FIRST = new Runs(0, 0, -1, null, List.of(), new TreeMap<>(), List.of());

  /** The last run that ended; -1 when none did. */
  int ended() {
    return ends.isEmpty() ? -1 : ends.getLast().run();
  }

  /** The end of a run; null while it goes on. */
  @Nullable RunEnd endOf(int run) {
    if (run > ended()) {
      return null;
    }
    for (var end : ends) {
      if (end.run() >= run) {
        return end;
      }
    }
    return null;
  }

  /** True when photos that are CANCELLED or FAILED only because a run ended are to run again. */
  boolean resumedAfter(int run) {
    return resumed > ended() && run <= ended();
  }

  Runs counting() {
    return new Runs(counted + 1, open, resumed, deadline, ends, seen, requeues);
  }

  Runs seen(Origin origin) {
    var more = new TreeMap<>(seen);
    more.merge(origin.topic() + "-" + origin.partition(), origin.offset() + 1, Math::max);
    return new Runs(counted, open, resumed, deadline, ends, more, requeues);
  }

  /** Ends every run up to the present; what was not queued again yet never is. */
  Runs endedAs(JobState state, @Nullable FailureCode failure) {
    var more = new ArrayList<>(ends);
    more.add(new RunEnd(counted, state, failure, seen));
    return new Runs(counted, open, resumed, deadline, List.copyOf(more), seen, List.of());
  }

  /** Opens the run that was counted last. */
  Runs opened(boolean byResume, @Nullable Long until) {
    return new Runs(counted, counted, byResume ? counted : resumed, until, ends, seen, requeues);
  }

  Runs with(Requeue next) {
    var more = new ArrayList<>(requeues);
    more.add(next);
    return new Runs(counted, open, resumed, deadline, ends, seen, List.copyOf(more));
  }

  /** With the oldest selection replaced; null takes it away. */
  Runs worked(@Nullable Requeue rest) {
    var left = new ArrayList<>(requeues);
    left.removeFirst();
    if (rest != null) {
      left.addFirst(rest);
    }
    return new Runs(counted, open, resumed, deadline, ends, seen, List.copyOf(left));
  }
}
