package facesort.state.web;

import facesort.service.web.ApiException;
import facesort.service.web.OwnerId;
import facesort.state.live.JobChange;
import facesort.state.live.JobFeed;
import facesort.state.query.JobView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Jobs as they change, as server-sent events: first each job as it is, then its changes. A client
 * that comes back with Last-Event-ID is told only what changed since. A comment every 15 s says
 * that the line is open.
 */
@RestController
@RequestMapping("/v1")
@Tag(name = "streams")
class StreamController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration CURRENT = Duration.ofSeconds(10);

  /** Events made ahead for a client; what changes meanwhile replaces what waits. */
  private static final int AHEAD = 8;

  private final JobFeed feed;
  private final Clock clock;

  StreamController(JobFeed feed, Clock clock) {
    this.feed = feed;
    this.clock = clock;
  }

  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "All jobs of the owner: as they are, then as they change")
  ResponseEntity<Flux<ServerSentEvent<JobView>>> jobs(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId) {
    requireReady();
    return answer(feed.changes(OwnerId.of(owner), null, lastEventId));
  }

  @GetMapping(path = "/jobs/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "One job: as it is, then as it changes")
  ResponseEntity<Flux<ServerSentEvent<JobView>>> job(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
      @PathVariable String id) {
    requireReady();
    var ownerId = OwnerId.of(owner);
    if (!feed.has(ownerId, id)) {
      if (isStale(feed.asOf())) {
        throw new UnavailableException("whether there is a job " + id + " is not known now");
      }
      throw ApiException.notFound("job", id);
    }
    return answer(feed.changes(ownerId, id, lastEventId));
  }

  private void requireReady() {
    if (!feed.isReady()) {
      throw new UnavailableException("job.status is being read; ask again in a few seconds");
    }
  }

  private boolean isStale(Instant asOf) {
    return asOf.isBefore(clock.instant().minus(CURRENT));
  }

  private ResponseEntity<Flux<ServerSentEvent<JobView>>> answer(Flux<JobChange> changes) {
    var asOf = feed.asOf();
    var headers = new HttpHeaders();
    Currency.writeStore(headers, asOf, isStale(asOf));
    headers.setCacheControl("no-store");
    return ResponseEntity.ok().headers(headers).body(withHeartbeats(changes, HEARTBEAT));
  }

  /** The changes as events, with a comment at the start and then every so often. */
  static Flux<ServerSentEvent<JobView>> withHeartbeats(Flux<JobChange> changes, Duration every) {
    return Flux.defer(() -> {
      var ended = Sinks.<Void>empty();
      var events =
          changes
              .publishOn(Schedulers.parallel(), AHEAD)
              .map(StreamController::event)
              .doFinally(signal -> ended.tryEmitEmpty());
      var comments =
          Flux.interval(Duration.ZERO, every)
              .onBackpressureDrop()
              .map(tick -> ServerSentEvent.<JobView>builder().comment("").build())
              .takeUntilOther(ended.asMono());
      return Flux.merge(AHEAD, comments, events);
    });
  }

  private static ServerSentEvent<JobView> event(JobChange change) {
    return ServerSentEvent.<JobView>builder()
        .id(change.id())
        .event("job")
        .data(change.job())
        .build();
  }
}
