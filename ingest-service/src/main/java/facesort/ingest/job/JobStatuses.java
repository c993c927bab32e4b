package facesort.ingest.job;

import facesort.schemas.JobStatus;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/**
 * How far the projector saw each job: the memory that tells whose jobs there are, and which
 * submissions are whole.
 */
public final class JobStatuses implements AutoCloseable {

  private record Seen(String ownerId, int submitted, boolean whole) {}

  private static final Seen NOTHING = new Seen("", 0, false);

  private final ConcurrentMap<String, Seen> jobs = new ConcurrentHashMap<>();
  private final TopicFollower<JobStatus> follower;

  /** Starts to follow the topic. */
  public JobStatuses(KafkaClients clients, Events events) {
    this.follower = TopicFollower.start(Topics.JOB_STATUS, clients, events, this::receive);
  }

  /**
   * How many tasks of the job the projector saw: so many at least are committed, from the first.
   */
  int submitted(String jobId) {
    return jobs.getOrDefault(jobId, NOTHING).submitted();
  }

  /** True when the projector saw SUBMIT and as many tasks as it announces. */
  boolean isWhole(String jobId) {
    return jobs.getOrDefault(jobId, NOTHING).whole();
  }

  /** Whose job it is; empty when the projector has not seen it. */
  public Optional<String> owner(String jobId) {
    return Optional.ofNullable(jobs.get(jobId)).map(Seen::ownerId);
  }

  /** Done when what was in the topic at the start is known. */
  public Mono<Void> caughtUp() {
    return Mono.fromFuture(follower.caughtUp(), true);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void receive(Followed<JobStatus> status) {
    var value = status.value();
    if (value == null) {
      jobs.remove(status.key());
      return;
    }
    var total = value.getTotal();
    int submitted = value.getPhotos().getSubmitted();
    boolean whole = total != null && submitted >= total;
    jobs.put(status.key(), new Seen(value.getOwnerId(), submitted, whole));
  }
}
