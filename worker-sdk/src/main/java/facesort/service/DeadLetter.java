package facesort.service;

import facesort.schemas.FailureCode;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Why a record could not be processed, and whose it was as far as known.
 *
 * @param code the word that names the failure everywhere
 * @param message one line for people, without personal data
 * @param attempts how often it was tried
 * @param ownerId owner, if known
 * @param jobId job, if known
 * @param photoId photo, if known
 * @param taskId task, if known
 * @param run run of the job in which it failed, if known
 */
public record DeadLetter(
    FailureCode code,
    String message,
    int attempts,
    @Nullable String ownerId,
    @Nullable String jobId,
    @Nullable String photoId,
    @Nullable String taskId,
    @Nullable Integer run) {

  /**
   * A failure of a record with this event: owner, job, photo and task are read from it where it has
   * them.
   *
   * @param event null when the record could not be decoded or removes its key
   */
  public static DeadLetter about(FailureCode code, String message, @Nullable SpecificRecord event) {
    return about(code, message, 1, event);
  }

  /** As {@link #about(FailureCode, String, SpecificRecord)}, after so many tries. */
  public static DeadLetter about(
      FailureCode code, String message, int attempts, @Nullable SpecificRecord event) {
    return new DeadLetter(
        code,
        message,
        attempts,
        text(event, "owner_id"),
        text(event, "job_id"),
        text(event, "photo_id"),
        text(event, "task_id"),
        value(event, "run") instanceof Integer run ? run : null);
  }

  private static @Nullable String text(@Nullable SpecificRecord event, String name) {
    var value = value(event, name);
    return value == null ? null : value.toString();
  }

  private static @Nullable Object value(@Nullable SpecificRecord event, String name) {
    var field = event == null ? null : event.getSchema().getField(name);
    return event == null || field == null ? null : event.get(field.pos());
  }

  /** A failure of a record whose content is not known. */
  public static DeadLetter unattributed(FailureCode code, String message) {
    return new DeadLetter(code, message, 1, null, null, null, null, null);
  }
}
