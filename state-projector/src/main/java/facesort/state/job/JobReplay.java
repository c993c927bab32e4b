package facesort.state.job;

import facesort.schemas.JobStatus;
import facesort.service.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The fold in memory, without stores and without effects: what the topology's outcome and its speed
 * are compared with. For one thread.
 */
public final class JobReplay {

  private final EventStripper stripper;
  private final Retention retention;
  private final Predicate<String> wanted;
  private final Map<String, JobFacts> jobs = new HashMap<>();
  private final Map<String, PhotoFacts> photos = new HashMap<>();
  private final List<JobEvent> waiting = new ArrayList<>();

  /**
   * Nothing folded yet.
   *
   * @param retention how long originals stay
   * @param wanted ids of the jobs that are folded; others are passed over
   */
  public JobReplay(Events events, Retention retention, Predicate<String> wanted) {
    this.stripper = new EventStripper(events);
    this.retention = retention;
    this.wanted = wanted;
  }

  /** Names of the topics that the topology reads. */
  public static List<String> topics() {
    return JobTopology.sources();
  }

  /** Reads a record and keeps what the fold is to see of it. */
  public void read(ConsumerRecord<byte[], byte[]> record) {
    if (stripper.strip(record) instanceof EventStripper.Stripped.Taken taken
        && wanted.test(taken.event().head().jobId())) {
      waiting.add(taken.event());
    }
  }

  /**
   * Folds what was read since the last call; returns how many events that were.
   *
   * @param now wall clock, milliseconds since 1970 UTC
   */
  public int fold(long now) {
    for (var event : waiting) {
      var photoId = event.photoId();
      var key = event.head().jobId() + "/" + photoId;
      var photo = photoId == null ? PhotoFacts.NONE : photos.getOrDefault(key, PhotoFacts.NONE);
      var folded = JobFold.fold(jobs.get(event.head().jobId()), photo, event, retention, now);
      jobs.put(event.head().jobId(), folded.job());
      if (photoId != null && !folded.photo().equals(photo)) {
        photos.put(key, folded.photo());
      }
    }
    var count = waiting.size();
    waiting.clear();
    return count;
  }

  /** Status of each job as it is now. */
  public List<JobStatus> statuses(long now) {
    return jobs.values().stream().map(job -> JobRecords.status(job, 0, null, now)).toList();
  }
}
