package facesort.ingest.job;

import facesort.ingest.publish.TransactionalWriter;
import facesort.service.web.ApiException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes a manifest into a job: claims it, then writes its records. Once claimed a job is run, by
 * this request, by a repeat of it, or by {@link UnfinishedSubmissions}; giving the request up stops
 * nothing. Safe for use by many threads.
 */
public final class Submissions {

  private static final Logger log = LoggerFactory.getLogger(Submissions.class);

  private final ManifestStore manifests;
  private final SubmissionRecords records;
  private final TransactionalWriter writer;
  private final JobStatuses statuses;

  private record Queued(String ownerId, CompletableFuture<Void> written) {}

  /** Jobs whose records are being written, or were by this process. */
  private final ConcurrentMap<String, Queued> queued = new ConcurrentHashMap<>();

  /** Jobs that were claimed, or may have been, and whose records are not all written. */
  private final ConcurrentMap<String, String> unfinished = new ConcurrentHashMap<>();

  /** Jobs of which it was said that they are not queued yet. */
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** Over what it needs; all of it is closed by others. */
  public Submissions(
      ManifestStore manifests,
      SubmissionRecords records,
      TransactionalWriter writer,
      JobStatuses statuses) {
    this.manifests = manifests;
    this.records = records;
    this.writer = writer;
    this.statuses = statuses;
  }

  /** True when the manifest is now the job's and its records are written; false when it had one. */
  Mono<Boolean> claim(Manifest manifest) {
    return Mono.fromFuture(() -> claimAndQueue(manifest).toFuture(), true);
  }

  /** The manifest again, when the request is the same as the one that was accepted. */
  Mono<Manifest> repeat(Manifest earlier, String requestHash) {
    if (!earlier.requestHash().equals(requestHash)) {
      return Mono.error(
          new ApiException(
              HttpStatus.CONFLICT,
              "IDEMPOTENCY_KEY_REUSED",
              "the idempotency key belongs to job %s, which has other photos or options: use another key"
                  .formatted(earlier.jobId())));
    }
    return queue(earlier).thenReturn(earlier);
  }

  /** Writes what the projector did not see yet; done when it is committed. */
  Mono<Void> queue(Manifest manifest) {
    return Mono.fromFuture(() -> queueOnce(manifest), true);
  }

  private CompletableFuture<Void> queueOnce(Manifest manifest) {
    var mine = new CompletableFuture<Void>();
    var earlier = queued.putIfAbsent(manifest.jobId(), new Queued(manifest.ownerId(), mine));
    if (earlier != null) {
      return earlier.written();
    }
    write(manifest).subscribe(null, mine::completeExceptionally, () -> mine.complete(null));
    return mine;
  }

  /** Whose job it is, of those that this process has queued and the projector may not have seen. */
  public Optional<String> owner(String jobId) {
    return Optional.ofNullable(queued.get(jobId)).map(Queued::ownerId);
  }

  /** Forgets jobs that the projector has seen whole: its memory is enough. */
  void forgetWhole() {
    queued.keySet().removeIf(statuses::isWhole);
  }

  /** Remembers a job for {@link #unfinished}. */
  void remember(String ownerId, String jobId) {
    unfinished.put(jobId, ownerId);
  }

  /** Forgets a job that is queued, or that has no manifest after all. */
  void forget(String jobId) {
    unfinished.remove(jobId);
    warned.remove(jobId);
  }

  /** Says that a job could not be queued now: aloud the first time, since it is tried for long. */
  void warn(String jobId, Throwable error) {
    try (var _ = MDC.putCloseable("jobId", jobId)) {
      log.atLevel(warned.add(jobId) ? Level.WARN : Level.DEBUG)
          .log("job not queued yet, it will be tried again: {}", error.toString());
    }
  }

  /** Owner by job of those whose records are not all written. */
  Set<Map.Entry<String, String>> unfinished() {
    return unfinished.entrySet();
  }

  private Mono<Boolean> claimAndQueue(Manifest manifest) {
    return manifests
        .claim(manifest)
        .doOnError(_ -> remember(manifest.ownerId(), manifest.jobId()))
        .flatMap(claimed -> claimed ? queue(manifest).thenReturn(true) : Mono.just(false));
  }

  private Mono<Void> write(Manifest manifest) {
    var jobId = manifest.jobId();
    int total = manifest.photos().size();
    int from = statuses.isWhole(jobId) ? total : Math.min(total, statuses.submitted(jobId));
    return Flux.fromIterable(SubmissionRecords.starts(total, from))
        .concatMap(start -> writer.commit(() -> records.transaction(manifest, start)))
        .then()
        .doOnSuccess(_ -> written(jobId, total - from))
        .doOnError(error -> failed(manifest, error));
  }

  private void written(String jobId, int tasks) {
    forget(jobId);
    try (var _ = MDC.putCloseable("jobId", jobId)) {
      log.info("job queued, {} tasks", tasks);
    }
  }

  private void failed(Manifest manifest, Throwable error) {
    remember(manifest.ownerId(), manifest.jobId());
    queued.remove(manifest.jobId());
    warn(manifest.jobId(), error);
  }
}
