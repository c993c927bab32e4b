package facesort.ingest.command;

import facesort.ingest.photo.Sha256;
import facesort.schemas.EventIds;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.PhotoSelection;
import facesort.schemas.Topics;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that an owner gives.
 *
 * @param ownerId who gives it
 * @param jobId to which job
 * @param command CANCEL, RESUME or RETRY
 * @param idempotencyKey the owner's name for this command
 * @param selection which photos RETRY means, else null
 * @param reason why, in the owner's words; null when not said
 */
public record CommandRequest(
    String ownerId,
    String jobId,
    JobCommand command,
    String idempotencyKey,
    @Nullable PhotoSelection selection,
    @Nullable String reason) {

  /** Of job, command and key alone: the same command given again has the same id. */
  String eventId() {
    return EventIds.event(
        Topics.JOB_CONTROL, "%s/%s/%s".formatted(jobId, command.name(), idempotencyKey), 0, 0, 0);
  }

  /** The record of the command. */
  JobControl control(Instant now) {
    return JobControl.newBuilder()
        .setEventId(eventId())
        .setOccurredAt(now)
        .setJobId(jobId)
        .setOwnerId(ownerId)
        .setCommand(command)
        .setSelection(selection)
        .setReason(reason)
        .build();
  }

  /** Tells selections apart; the reason is not part of what is commanded. */
  static String fingerprint(@Nullable PhotoSelection selection) {
    return selection == null ? "" : Sha256.of(selection.toString());
  }
}
