package facesort.state.query;

import facesort.schemas.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many photos of each job were settled in the last minute, from the job's statuses of that
 * minute: to count the photos themselves would read all rows of a job for each question. A status
 * comes at most once a second, so a job costs 60 entries and one that has ended none. Any thread.
 */
public final class SettledLately {

  /** What counts as lately. */
  static final Duration WINDOW = Duration.ofSeconds(60);

  private final Map<String, Deque<Sample>> jobs = new ConcurrentHashMap<>();

  private record Sample(Instant at, int run, int settled) {}

  /**
   * What was settled in a time that ends now.
   *
   * @param photos number of photos
   * @param in at most a minute; shorter when the job, its run or this process began later
   */
  record Recent(int photos, Duration in) {}

  /** Takes a job's next status, in the order of job.status. */
  public void saw(JobStatus status) {
    var photos = status.getPhotos();
    if (photos.getInFlight() == 0) {
      jobs.remove(status.getJobId());
      return;
    }
    var sample =
        new Sample(
            status.getOccurredAt(), status.getRun(), photos.getSubmitted() - photos.getInFlight());
    jobs.compute(
        status.getJobId(), (id, known) -> with(known == null ? new ArrayDeque<>() : known, sample));
  }

  /** Forgets a job that is no longer there. */
  public void gone(String jobId) {
    jobs.remove(jobId);
  }

  private static Deque<Sample> with(Deque<Sample> known, Sample sample) {
    var samples = new ArrayDeque<>(known);
    if (!samples.isEmpty() && samples.getLast().run() != sample.run()) {
      // Photos that are queued again are no longer settled: another run counts for itself.
      samples.clear();
    }
    samples.add(sample);
    // One sample stays that is as old as the window: what was settled since then is lately.
    var begin = sample.at().minus(WINDOW);
    while (samples.size() > 1 && secondAt(samples).compareTo(begin) <= 0) {
      samples.removeFirst();
    }
    return samples;
  }

  private static Instant secondAt(Deque<Sample> samples) {
    var each = samples.iterator();
    each.next();
    return each.next().at();
  }

  /** Empty when the job has ended, or is known for less than a second. */
  Optional<Recent> of(String jobId, Instant now) {
    var samples = jobs.get(jobId);
    if (samples == null) {
      return Optional.empty();
    }
    var begin = now.minus(WINDOW);
    var base =
        samples.stream()
            .filter(sample -> !sample.at().isAfter(begin))
            .reduce((older, newer) -> newer)
            .orElse(samples.getFirst());
    var spent = Duration.between(base.at(), now);
    var in = spent.compareTo(WINDOW) < 0 ? spent : WINDOW;
    return in.compareTo(Duration.ofSeconds(1)) < 0
        ? Optional.empty()
        : Optional.of(new Recent(samples.getLast().settled() - base.settled(), in));
  }
}
