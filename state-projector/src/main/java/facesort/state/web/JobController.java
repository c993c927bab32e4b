package facesort.state.web;

import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.service.web.ApiException;
import facesort.service.web.OwnerId;
import facesort.state.job.PhotoState;
import facesort.state.query.ErrorQueries;
import facesort.state.query.ErrorView;
import facesort.state.query.EventQueries;
import facesort.state.query.EventView;
import facesort.state.query.ExplainQuery;
import facesort.state.query.ExplainView;
import facesort.state.query.JobSelection;
import facesort.state.query.JobView;
import facesort.state.query.PhotoQueries;
import facesort.state.query.PhotoView;
import facesort.state.query.ProgressQuery;
import facesort.state.query.ProgressView;
import facesort.state.readmodel.AsOf;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Where jobs and photos stand, and why. What is another owner's is not found. */
@RestController
@RequestMapping("/v1/jobs")
@Tag(name = "jobs")
class JobController {

  private final JobAnswers jobs;
  private final ProgressQuery progress;
  private final PhotoQueries photos;
  private final ErrorQueries errors;
  private final EventQueries events;
  private final ExplainQuery explain;

  JobController(
      JobAnswers jobs,
      ProgressQuery progress,
      PhotoQueries photos,
      ErrorQueries errors,
      EventQueries events,
      ExplainQuery explain) {
    this.jobs = jobs;
    this.progress = progress;
    this.photos = photos;
    this.errors = errors;
    this.events = events;
    this.explain = explain;
  }

  @GetMapping
  @Operation(summary = "The owner's jobs, newest first")
  Mono<ResponseEntity<JobView.Page>> jobs(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "0") long offset) {
    return jobs.jobs(
        new JobSelection(
            OwnerId.of(owner),
            Parameters.oneOf(JobState.class, "state", state),
            Parameters.textOrNull(search),
            Parameters.limit(limit),
            Parameters.offset(offset)));
  }

  @GetMapping("/{id}")
  @Operation(summary = "A job with its first errors")
  Mono<ResponseEntity<JobView>> job(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return jobs.job(OwnerId.of(owner), id, asOf);
  }

  @GetMapping("/{id}/progress")
  @Operation(summary = "Counts, confidence, friends, stage durations, rate and remaining time")
  Mono<ProgressView> progress(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return progress.progress(OwnerId.of(owner), id).switchIfEmpty(noJob(id, asOf));
  }

  @GetMapping("/{id}/photos")
  @Operation(summary = "Photos in list order with the friends on them")
  Mono<PhotoView.Page> photos(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") long offset,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    var wanted = Parameters.oneOf(PhotoState.class, "state", state);
    return photos
        .photos(OwnerId.of(owner), id, wanted, Parameters.limit(limit), Parameters.offset(offset))
        .switchIfEmpty(noJob(id, asOf));
  }

  @GetMapping("/{id}/errors")
  @Operation(summary = "What went wrong, newest first, and grouped by cause")
  Mono<ErrorView.Page> errors(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable String signature,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") long offset,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    var wanted =
        new ErrorQueries.Selection(
            OwnerId.of(owner),
            id,
            Parameters.oneOf(FailureCode.class, "code", code),
            Parameters.textOrNull(signature),
            Parameters.limit(limit),
            Parameters.offset(offset));
    return errors.errors(wanted).switchIfEmpty(noJob(id, asOf));
  }

  @GetMapping("/{id}/events")
  @Operation(summary = "The history of a job or of one photo, oldest first")
  Mono<EventView.Page> events(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String photo,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") long offset,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return events
        .events(
            OwnerId.of(owner),
            id,
            Parameters.textOrNull(photo),
            Parameters.limit(limit),
            Parameters.offset(offset))
        .switchIfEmpty(noJob(id, asOf));
  }

  @GetMapping("/{id}/explain")
  @Operation(summary = "How a photo came to a friend, or the first rule that stopped it")
  Mono<ExplainView> explain(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @PathVariable String id,
      @RequestParam String photo,
      @RequestParam(required = false) @Nullable String friend,
      @Parameter(hidden = true) @RequestAttribute(AsOfFilter.ATTRIBUTE) AsOf asOf) {
    return explain
        .explain(OwnerId.of(owner), id, photo, Parameters.textOrNull(friend))
        .switchIfEmpty(noJob(id, asOf));
  }

  /** While not everything is in the tables, nobody can say that there is no such job. */
  private static <T> Mono<T> noJob(String id, AsOf asOf) {
    return Mono.error(() ->
        asOf.stale()
            ? new UnavailableException("the read model is behind and has no job " + id + " yet")
            : ApiException.notFound("job", id));
  }
}
