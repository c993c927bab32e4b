package facesort.ingest.web;

import facesort.ingest.command.CommandAccepted;
import facesort.ingest.command.CommandRequest;
import facesort.ingest.command.Commands;
import facesort.schemas.EventIds;
import facesort.schemas.JobCommand;
import facesort.schemas.PhotoSelection;
import facesort.service.web.ApiException;
import facesort.service.web.OwnerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes commands to jobs: 202 when the command is committed; the job's status answers it. */
@RestController
@RequestMapping("/v1/jobs/{jobId}")
@ResponseStatus(HttpStatus.ACCEPTED)
final class CommandController {

  private static final String KEY = "Idempotency-Key";

  private final Commands commands;

  CommandController(Commands commands) {
    this.commands = commands;
  }

  @PostMapping("/cancel")
  Mono<CommandAccepted> cancel(
      @PathVariable String jobId,
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody(required = false) byte @Nullable [] body) {
    return give(owner, jobId, JobCommand.CANCEL, key, null, reason(body));
  }

  @PostMapping("/resume")
  Mono<CommandAccepted> resume(
      @PathVariable String jobId,
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody(required = false) byte @Nullable [] body) {
    return give(owner, jobId, JobCommand.RESUME, key, null, reason(body));
  }

  @PostMapping("/retry")
  Mono<CommandAccepted> retry(
      @PathVariable String jobId,
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestHeader(name = KEY, required = false) @Nullable String key,
      @RequestBody(required = false) byte @Nullable [] body) {
    var retry =
        body == null || body.length == 0
            ? new RetryBody(null, null, null, null)
            : JsonPart.read(body, "the body", RetryBody.class);
    return give(owner, jobId, JobCommand.RETRY, key, retry.selection(), retry.checkedReason());
  }

  private Mono<CommandAccepted> give(
      @Nullable String owner,
      String jobId,
      JobCommand command,
      @Nullable String key,
      @Nullable PhotoSelection selection,
      @Nullable String reason) {
    if (!EventIds.isValid(jobId)) {
      throw ApiException.notFound("job", jobId);
    }
    var name = key == null ? UUID.randomUUID().toString() : JobBody.text(KEY, key);
    return commands.give(
        new CommandRequest(OwnerId.of(owner), jobId, command, name, selection, reason));
  }

  private static @Nullable String reason(byte @Nullable [] body) {
    return body == null || body.length == 0
        ? null
        : JsonPart.read(body, "the body", ReasonBody.class).checked();
  }
}
