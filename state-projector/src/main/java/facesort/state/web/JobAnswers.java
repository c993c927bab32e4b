package facesort.state.web;

import facesort.schemas.JobStatus;
import facesort.service.web.ApiException;
import facesort.state.job.StoredJobs;
import facesort.state.query.JobQueries;
import facesort.state.query.JobSelection;
import facesort.state.query.JobView;
import facesort.state.query.SettledLately;
import facesort.state.query.StatusView;
import facesort.state.readmodel.AsOf;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Jobs from the read model, or from the topology's stores while the database is away or is being
 * filled again. What neither can tell for certain is not told: a job is unknown only if a source
 * that is current does not know it.
 */
@Component
class JobAnswers {

  /** Longest that stores may be behind and still be believed that a job does not exist. */
  private static final Duration CURRENT = Duration.ofSeconds(10);

  private final JobQueries jobs;
  private final StoredJobs stored;
  private final SettledLately lately;
  private final Clock clock;

  JobAnswers(JobQueries jobs, StoredJobs stored, SettledLately lately, Clock clock) {
    this.jobs = jobs;
    this.stored = stored;
    this.lately = lately;
    this.clock = clock;
  }

  Mono<ResponseEntity<JobView>> job(String ownerId, String jobId, AsOf asOf) {
    return jobs.job(ownerId, jobId)
        .map(ResponseEntity::ok)
        .switchIfEmpty(
            Mono.defer(() ->
                asOf.stale()
                    ? fromStore(ownerId, jobId)
                    : Mono.error(ApiException.notFound("job", jobId))))
        .onErrorResume(JobAnswers::isDatabaseAway, error -> fromStore(ownerId, jobId));
  }

  Mono<ResponseEntity<JobView.Page>> jobs(JobSelection selection) {
    return jobs.jobs(selection)
        .map(ResponseEntity::ok)
        .onErrorResume(JobAnswers::isDatabaseAway, error -> fromStore(selection));
  }

  static boolean isDatabaseAway(Throwable error) {
    return error instanceof R2dbcException
        || error instanceof TimeoutException
        || error instanceof IOException;
  }

  private Mono<ResponseEntity<JobView>> fromStore(String ownerId, String jobId) {
    return Mono.fromCallable(
            () -> {
              var asOf = stored.asOf();
              var found =
                  stored
                      .job(jobId)
                      .filter(status -> status.getOwnerId().equals(ownerId))
                      .orElse(null);
              if (found == null && isStale(asOf)) {
                throw new UnavailableException(
                    "whether there is a job " + jobId + " is not known now");
              }
              if (found == null) {
                throw ApiException.notFound("job", jobId);
              }
              return answer(asOf, StatusView.of(found, lately, clock.instant()));
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  private Mono<ResponseEntity<JobView.Page>> fromStore(JobSelection selection) {
    return Mono.fromCallable(
            () -> {
              var asOf = stored.asOf();
              return answer(asOf, page(stored.all(), selection));
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  private JobView.Page page(List<JobStatus> all, JobSelection selection) {
    var now = clock.instant();
    var chosen =
        all.stream()
            .filter(status -> status.getOwnerId().equals(selection.ownerId()))
            .map(status -> StatusView.of(status, lately, now))
            .filter(selection::takes)
            .sorted(
                Comparator.comparing(JobAnswers::begun).reversed().thenComparing(JobView::jobId))
            .toList();
    var shown = chosen.stream().skip(selection.offset()).limit(selection.limit()).toList();
    return new JobView.Page(shown, chosen.size());
  }

  private static Instant begun(JobView job) {
    return job.submittedAt() == null ? job.updatedAt() : job.submittedAt();
  }

  private boolean isStale(Instant asOf) {
    return asOf.isBefore(clock.instant().minus(CURRENT));
  }

  private <T> ResponseEntity<T> answer(Instant asOf, T body) {
    var headers = new HttpHeaders();
    Currency.writeStore(headers, asOf, isStale(asOf));
    return ResponseEntity.ok().headers(headers).body(body);
  }
}
