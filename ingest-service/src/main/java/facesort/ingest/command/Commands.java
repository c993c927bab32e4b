package facesort.ingest.command;

import facesort.ingest.job.JobStatuses;
import facesort.ingest.job.Submissions;
import facesort.ingest.publish.TransactionalWriter;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.web.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * Writes commands to jobs into {@code job.control}. Whether a job obeys is not decided here: the
 * projector answers in the job's status. Safe for use by many threads.
 */
public final class Commands {

  private static final Logger log = LoggerFactory.getLogger(Commands.class);
  private static final Duration CATCH_UP = Duration.ofSeconds(10);

  private final JobStatuses statuses;
  private final Submissions submissions;
  private final WrittenCommands written;
  private final TransactionalWriter writer;
  private final Events events;
  private final Clock clock;

  /** Over what it needs; all of it is closed by others. */
  public Commands(
      JobStatuses statuses,
      Submissions submissions,
      WrittenCommands written,
      TransactionalWriter writer,
      Events events,
      Clock clock) {
    this.statuses = statuses;
    this.submissions = submissions;
    this.written = written;
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Gives a command; done when its record is committed, or was before. Errors: NOT_FOUND when the
   * owner has no such job, IDEMPOTENCY_KEY_REUSED when the key belongs to another selection.
   */
  public Mono<CommandAccepted> give(CommandRequest request) {
    var eventId = request.eventId();
    return written
        .caughtUp()
        .then(statuses.caughtUp())
        .timeout(CATCH_UP)
        .then(
            Mono.defer(() -> {
              requireJob(request);
              return writer.commit(() -> records(request));
            }))
        .doOnSuccess(_ -> committed(request))
        .thenReturn(new CommandAccepted(request.jobId(), eventId, request.command()));
  }

  private void requireJob(CommandRequest request) {
    var owner =
        statuses.owner(request.jobId()).or(() -> submissions.owner(request.jobId())).orElse("");
    if (!owner.equals(request.ownerId())) {
      throw ApiException.notFound("job", request.jobId());
    }
  }

  /** On the writer's thread: of two requests with one key the second finds the first one's. */
  private List<ProducerRecord<byte[], byte[]>> records(CommandRequest request) {
    var earlier = written.fingerprint(request.eventId());
    if (earlier.isEmpty()) {
      var control = request.control(clock.instant());
      return List.of(events.record(Topics.JOB_CONTROL, request.jobId(), control));
    }
    if (!earlier.get().equals(CommandRequest.fingerprint(request.selection()))) {
      throw new ApiException(
          HttpStatus.CONFLICT,
          "IDEMPOTENCY_KEY_REUSED",
          "the idempotency key belongs to a command with another selection: use another key");
    }
    return List.of();
  }

  private void committed(CommandRequest request) {
    written.add(request.eventId(), request.selection());
    try (var _ = MDC.putCloseable("jobId", request.jobId())) {
      log.info("{} is in job.control", request.command());
    }
  }
}
