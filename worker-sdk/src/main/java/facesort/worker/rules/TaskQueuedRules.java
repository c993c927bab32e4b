package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.worker.rules.EventRule.that;
import static facesort.worker.rules.EventRule.withKey;

import facesort.schemas.EventIds;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for a photo that waits for detection. */
final class TaskQueuedRules {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final List<EventRule<TaskQueued>> IDS =
      List.of(
          that(
              INVALID_EVENT,
              "kind is not FACES, the only one this version knows",
              task -> task.getKind() == TaskKind.FACES),
          that(
              INVALID_EVENT,
              "task_id is not the one made from job_id, photo_id and kind",
              task ->
                  task.getTaskId()
                      .equals(EventIds.task(task.getJobId(), task.getPhotoId(), task.getKind()))),
          withKey(
              INVALID_EVENT,
              "the record's key is not the task's task_id",
              task -> task.key().equals(task.event().getTaskId())));

  /** A settled task is never read: its source may be anything the owner named. */
  private static final List<EventRule<TaskQueued>> SOURCE =
      SourceRules.of(
          task -> task.getSettled() == null, TaskQueued::getOwnerId, TaskQueued::getSource);

  private static final List<EventRule<TaskQueued>> REST =
      List.of(
          that(
              INVALID_EVENT,
              "sha256 is not 64 lower-case hex digits",
              task -> task.getSha256() == null || SHA256.matcher(task.getSha256()).matches()),
          that(
              INVALID_EVENT,
              "position is not 0 to 999999",
              task -> CommonRules.isPosition(task.getPosition())),
          that(
              INVALID_EVENT,
              "job_total is not 1 to 1000000",
              task -> CommonRules.isTotal(task.getJobTotal())),
          that(
              INVALID_EVENT,
              "filename has more than 255 characters",
              task -> CommonRules.isShort(task.getFilename())),
          that(
              INVALID_EVENT,
              "filename has control characters",
              task -> CommonRules.isPrintable(task.getFilename())),
          that(
              INVALID_EVENT,
              "profiles_upto has a negative partition or offset",
              task -> CommonRules.areOffsets(task.getProfilesUpto())),
          that(
              INVALID_EVENT,
              "profiles_upto names a partition twice",
              task -> CommonRules.areOnce(task.getProfilesUpto())),
          that(
              INVALID_EVENT,
              "duplicate_of is no photo id",
              task -> task.getDuplicateOf() == null || EventIds.isValid(task.getDuplicateOf())));

  static final List<EventRule<TaskQueued>> RULES =
      Stream.of(IDS, SOURCE, REST).flatMap(List::stream).toList();

  private TaskQueuedRules() {}
}
