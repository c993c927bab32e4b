package facesort.bench.projector;

import facesort.bench.projector.Corpus.Truth;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PhotoCounts;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The last committed status of each job that was published since it was opened. Any thread may ask.
 */
final class StatusWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Events events;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, JobStatus> last = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  /** Sees what is published from now on. */
  StatusWatch(KafkaClients clients, Events events) {
    this.events = events;
    this.consumer = KafkaClients.newConsumer(clients.reader());
    consumer.assign(
        IntStream.range(0, Topics.JOB_STATUS.partitions())
            .mapToObj(partition -> new TopicPartition(Topics.JOB_STATUS.name(), partition))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    // A seek is done when the place is asked for.
    consumer.assignment().forEach(consumer::position);
    this.thread = Thread.ofPlatform().name("job-status").daemon().start(this::run);
  }

  Optional<JobStatus> of(String job) {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("job.status cannot be read", failed);
    }
    return Optional.ofNullable(last.get(job));
  }

  /** Photos of a job that were seen, whatever became of them. */
  int submitted(String job) {
    return of(job).map(status -> status.getPhotos().getSubmitted()).orElse(0);
  }

  /** Whether each job of the corpus has ended as it must. */
  boolean hasAll(Corpus corpus) {
    return IntStream.range(0, corpus.jobs()).allMatch(job -> isRight(corpus, job));
  }

  /** The first job that has not, with what is known and what must be. */
  String missing(Corpus corpus) {
    return IntStream.range(0, corpus.jobs())
        .filter(job -> !isRight(corpus, job))
        .mapToObj(job ->
            "%s is %s, must be COMPLETED with %s"
                .formatted(
                    corpus.job(job),
                    of(corpus.job(job)).map(StatusWatch::text).orElse("not known"),
                    corpus.truth(job)))
        .findFirst()
        .orElse("nothing");
  }

  private boolean isRight(Corpus corpus, int job) {
    return of(corpus.job(job)).map(status -> isRight(status, corpus.truth(job))).orElse(false);
  }

  /** Whether a job has ended so. */
  static boolean isRight(JobStatus status, Truth truth) {
    PhotoCounts photos = status.getPhotos();
    DeliveryCounts deliveries = status.getDeliveries();
    return status.getState() == JobState.COMPLETED
        && new Truth(
                photos.getSubmitted(),
                photos.getMatched(),
                photos.getNoMatch(),
                photos.getNoFace(),
                photos.getDuplicate(),
                photos.getFailed(),
                status.getFaces(),
                deliveries.getSent())
            .equals(truth)
        && photos.getInFlight() == 0
        && photos.getCancelled() == 0
        && deliveries.getPairs() == truth.pairs();
  }

  private static String text(JobStatus status) {
    return "%s with %s and %s"
        .formatted(status.getState(), status.getPhotos(), status.getDeliveries());
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null) {
            last.put(Events.key(record), events.read(Topics.JOB_STATUS, record));
          }
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
