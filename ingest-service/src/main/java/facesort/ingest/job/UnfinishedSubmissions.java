package facesort.ingest.job;

import facesort.ingest.storage.IngestBucket;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Finishes what a crash or an outage cut off. At the start it looks through the bucket's manifests
 * for jobs that the projector has not seen whole; from then on it tries, every few seconds, those
 * whose records could not be written.
 */
public final class UnfinishedSubmissions implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(UnfinishedSubmissions.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** As long as task.queued keeps its records: an older manifest has nothing left to repeat. */
  private static final Duration KEPT = Duration.ofDays(30);

  private final IngestBucket bucket;
  private final ManifestStore manifests;
  private final Submissions submissions;
  private final JobStatuses statuses;
  private final Clock clock;
  private Disposable work = Disposables.disposed();

  /** Over what it needs; all of it is closed by others. */
  public UnfinishedSubmissions(
      IngestBucket bucket,
      ManifestStore manifests,
      Submissions submissions,
      JobStatuses statuses,
      Clock clock) {
    this.bucket = bucket;
    this.manifests = manifests;
    this.submissions = submissions;
    this.statuses = statuses;
    this.clock = clock;
  }

  @Override
  public void start() {
    work =
        statuses
            .caughtUp()
            .then(Mono.defer(this::search))
            .retryWhen(Retry.backoff(Long.MAX_VALUE, EVERY).maxBackoff(LONGEST_PAUSE))
            .thenMany(Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop())
            .concatMap(_ -> finishAll(), 1)
            .subscribe();
  }

  @Override
  public void stop() {
    work.dispose();
  }

  @Override
  public boolean isRunning() {
    return !work.isDisposed();
  }

  private Mono<Void> search() {
    var oldest = clock.instant().minus(KEPT);
    return bucket
        .submissions()
        .filter(found -> found.at().isAfter(oldest))
        .filter(found -> !statuses.isWhole(found.jobId()))
        .doOnNext(found -> submissions.remember(found.ownerId(), found.jobId()))
        .count()
        .doOnNext(count -> log.info("submissions that may be unfinished: {}", count))
        .doOnError(
            error -> log.warn("cannot look for unfinished submissions: {}", error.toString()))
        .then();
  }

  private Mono<Void> finishAll() {
    submissions.forgetWhole();
    return Flux.fromIterable(submissions.unfinished())
        .concatMap(entry -> finish(entry.getValue(), entry.getKey()))
        .then();
  }

  private Mono<Void> finish(String ownerId, String jobId) {
    return manifests
        .find(ownerId, jobId)
        .doOnError(error -> submissions.warn(jobId, error))
        .flatMap(submissions::queue)
        // It is queued, by this try or by a repeat of the request; or it was never claimed.
        .doOnSuccess(_ -> submissions.forget(jobId))
        // Said where it failed, and tried again at the next tick.
        .onErrorComplete();
  }
}
