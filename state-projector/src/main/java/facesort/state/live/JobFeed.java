package facesort.state.live;

import facesort.schemas.JobStatus;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import facesort.state.query.SettledLately;
import facesort.state.query.StatusView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Every job's newest status in memory, from job.status, and who wants to hear of changes. Needs no
 * database. A client is told the newest state of each job and not every state between: what it has
 * not taken yet is replaced, so a slow client costs one entry per job at most.
 */
public final class JobFeed implements SmartLifecycle {

  private static final int PARTITIONS = Topics.JOB_STATUS.partitions();
  private static final Duration CURRENT = Duration.ofSeconds(5);

  private final KafkaClients clients;
  private final Events events;
  private final SettledLately lately;
  private final Clock clock;
  private final Map<String, Latest> jobs = new HashMap<>();
  private final Set<JobClient> listeners = ConcurrentHashMap.newKeySet();
  private volatile @Nullable TopicFollower<JobStatus> follower;
  private volatile Instant current = Instant.EPOCH;

  /** Reads from {@link #start} on. */
  public JobFeed(KafkaClients clients, Events events, SettledLately lately, Clock clock) {
    this.clients = clients;
    this.lately = lately;
    this.events = events;
    this.clock = clock;
  }

  /** A job's newest status and where it was read. */
  record Latest(JobStatus status, int partition, long offset) {}

  @Override
  public synchronized void start() {
    follower = TopicFollower.start(Topics.JOB_STATUS, clients, events, this::receive);
  }

  @Override
  public synchronized void stop() {
    listeners.forEach(JobClient::end);
    var running = follower;
    if (running != null) {
      running.close();
      follower = null;
    }
  }

  @Override
  public boolean isRunning() {
    return follower != null;
  }

  /** Whether it has read what was in the topic when it started: before, it cannot answer. */
  public boolean isReady() {
    var running = follower;
    return running != null
        && running.caughtUp().isDone()
        && !running.caughtUp().isCompletedExceptionally();
  }

  /** Every status that was committed before this instant is in the answers. */
  public Instant asOf() {
    var running = follower;
    if (isReady() && running != null && running.isCurrent(CURRENT)) {
      current = clock.instant().minus(CURRENT);
    }
    return current;
  }

  /** Whether the owner has that job; only to be asked when {@link #isReady}. */
  public boolean has(String ownerId, String jobId) {
    synchronized (jobs) {
      var latest = jobs.get(jobId);
      return latest != null && latest.status().getOwnerId().equals(ownerId);
    }
  }

  /**
   * The owner's jobs as they are, and then their changes, without end.
   *
   * @param jobId the only job to tell; null = all
   * @param lastEventId id of the last change that the client has; null, or what is no id of this
   *     topic: it has none
   */
  public Flux<JobChange> changes(
      String ownerId, @Nullable String jobId, @Nullable String lastEventId) {
    Predicate<JobStatus> wanted =
        status ->
            status.getOwnerId().equals(ownerId)
                && (jobId == null || jobId.equals(status.getJobId()));
    return Flux.create(
        sink -> {
          var from = Position.parse(lastEventId, PARTITIONS).orElse(Position.start(PARTITIONS));
          var client = new JobClient(sink, wanted, from, this::change);
          sink.onDispose(() -> listeners.remove(client));
          join(client);
          sink.onRequest(count -> client.tell());
        },
        FluxSink.OverflowStrategy.ERROR);
  }

  private JobChange change(Position after, JobStatus status) {
    return new JobChange(after.id(), StatusView.of(status, lately, clock.instant()));
  }

  private void join(JobClient client) {
    List<Latest> known;
    synchronized (jobs) {
      known = List.copyOf(jobs.values());
      listeners.add(client);
      client.begin(known, ends(known));
    }
  }

  /** Per partition the offset after the newest status of any job. */
  private static long[] ends(Collection<Latest> known) {
    var ends = new long[PARTITIONS];
    for (var latest : known) {
      ends[latest.partition()] = Math.max(ends[latest.partition()], latest.offset() + 1);
    }
    return ends;
  }

  private void receive(Followed<JobStatus> record) {
    var status = record.value();
    Latest latest;
    synchronized (jobs) {
      if (status == null) {
        jobs.remove(record.key());
        lately.gone(record.key());
        return;
      }
      latest = new Latest(status, record.partition(), record.offset());
      jobs.put(record.key(), latest);
      lately.saw(status);
      listeners.forEach(client -> client.changed(latest));
    }
    listeners.forEach(JobClient::tell);
  }
}
