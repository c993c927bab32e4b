package facesort.state.job;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job in the store: its facts, and when something is to be done about it without an event.
 *
 * @param publishedAt when its status was last published, milliseconds since 1970 UTC
 * @param publications how many times it was: the number of the next one
 * @param waiting true when facts changed since the last publication
 * @param dueAt where it stands in the store of due times; null when it does not
 */
record JobRecord(
    JobFacts facts, long publishedAt, int publications, boolean waiting, @Nullable Long dueAt) {

  /** Least time between two publications without a change of state, milliseconds. */
  static final long PACE = 1_000;

  static JobRecord of(JobFacts facts) {
    return new JobRecord(facts, 0, 0, false, null);
  }

  JobRecord with(JobFacts next) {
    return new JobRecord(next, publishedAt, publications, waiting, dueAt);
  }

  JobRecord published(long now) {
    return new JobRecord(facts, now, publications + 1, false, dueAt);
  }

  JobRecord changed() {
    return new JobRecord(facts, publishedAt, publications, true, dueAt);
  }

  JobRecord due(@Nullable Long at) {
    return new JobRecord(facts, publishedAt, publications, waiting, at);
  }

  /** True when the change that waits may be published. */
  boolean mayPublish(long now) {
    return waiting && now >= publishedAt + PACE;
  }

  /** When it has to be looked at without an event; empty = never. */
  Optional<Long> nextDue() {
    var status = waiting ? Optional.of(publishedAt + PACE) : Optional.<Long>empty();
    return Stream.of(status, JobFold.nextTick(facts)).flatMap(Optional::stream).min(Long::compare);
  }
}
