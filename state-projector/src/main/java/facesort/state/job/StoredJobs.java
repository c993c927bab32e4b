package facesort.state.job;

import facesort.schemas.JobStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Jobs as the topology has them in its stores: they are there without the database. It answers only
 * for what this instance holds and only while the topology runs; while stores are restored, or when
 * another instance has a part of them, it says so instead of answering without them. Reads from
 * disk: not for an event loop.
 */
public final class StoredJobs {

  /** Ends of partitions are as the newest poll saw them. */
  private static final Duration UNSEEN = Duration.ofSeconds(1);

  private final JobStreams streams;
  private final Clock clock;
  private volatile Instant current = Instant.EPOCH;

  /** Over the running topology. */
  public StoredJobs(JobStreams streams, Clock clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /** The stores, or a part of them, cannot be asked now. */
  public static final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwayException(String message) {
      super(message);
    }
  }

  /**
   * A job's status as of now, whoever owns it; empty when there is none.
   *
   * @throws AwayException when that cannot be told
   */
  public Optional<JobStatus> job(String jobId) {
    var found = ask(jobs -> Optional.ofNullable(jobs.get(jobId)));
    if (found.isEmpty()) {
      requireAll();
    }
    return found.map(StoredJobs::status);
  }

  /**
   * The statuses of all jobs whose owner is known.
   *
   * @throws AwayException when a part of them cannot be told
   */
  public List<JobStatus> all() {
    requireAll();
    var found = new ArrayList<JobStatus>();
    ask(jobs -> {
      try (var all = jobs.all()) {
        all.forEachRemaining(entry -> found.add(status(entry.value)));
      }
      return found;
    });
    requireAll();
    return found.stream().filter(status -> !status.getOwnerId().isEmpty()).toList();
  }

  /**
   * Every event that was committed before this instant is in the stores: the last time that the
   * topology was found to have committed all there was to read.
   */
  public Instant asOf() {
    var now = clock.instant();
    var caughtUp =
        streams.running().stream()
            .flatMap(running -> running.metadataForLocalThreads().stream())
            .flatMap(thread -> thread.activeTasks().stream())
            .allMatch(StoredJobs::isCaughtUp);
    if (caughtUp && streams.running().isPresent()) {
      current = now.minus(UNSEEN);
    }
    return current;
  }

  private static boolean isCaughtUp(TaskMetadata task) {
    return task.endOffsets().entrySet().stream()
        .allMatch(end -> task.committedOffsets().getOrDefault(end.getKey(), -1L) >= end.getValue());
  }

  private interface Question<T> {
    T ask(ReadOnlyKeyValueStore<String, JobRecord> jobs);
  }

  private <T> T ask(Question<T> question) {
    try {
      return question.ask(
          running()
              .store(
                  StoreQueryParameters.fromNameAndType(
                      JobStores.JOBS, QueryableStoreTypes.<String, JobRecord>keyValueStore())));
    } catch (InvalidStateStoreException e) {
      throw new AwayException("the stores are not open: " + e.getMessage());
    }
  }

  /** Every task of the topology's second half has a part of the jobs. */
  private void requireAll() {
    var parts =
        running().metadataForLocalThreads().stream()
            .flatMap(thread -> thread.activeTasks().stream())
            .filter(task ->
                task.topicPartitions().stream()
                    .anyMatch(source -> source.topic().endsWith(JobTopology.BY_JOB_TOPIC)))
            .count();
    if (parts != JobTopology.JOB_PARTITIONS) {
      throw new AwayException(
          "%d of %d parts of the jobs are here".formatted(parts, JobTopology.JOB_PARTITIONS));
    }
  }

  private KafkaStreams running() {
    return streams
        .running()
        .orElseThrow(() -> new AwayException("the topology does not run (yet)"));
  }

  private static JobStatus status(JobRecord job) {
    return JobRecords.status(
        job.facts(),
        job.publications(),
        null,
        Math.max(job.publishedAt(), job.facts().lastEventAt()));
  }
}
