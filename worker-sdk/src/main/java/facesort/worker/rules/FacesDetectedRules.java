package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.schemas.FailureCode.TOO_MANY_FACES;
import static facesort.worker.rules.EventRule.that;
import static facesort.worker.rules.EventRule.withKey;

import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.TaskKind;
import java.util.List;
import java.util.stream.Stream;

/** Rules for the faces of a photo; those for each face are in {@link FaceRules}. */
final class FacesDetectedRules {
  private static final int MOST_FACES = 1000;
  private static final int MOST_NUMBERS = 4096;

  private static final List<EventRule<FacesDetected>> IDS =
      List.of(
          that(
              INVALID_EVENT,
              "task_id is not the one made from job_id and photo_id",
              faces ->
                  faces
                      .getTaskId()
                      .equals(EventIds.task(faces.getJobId(), faces.getPhotoId(), TaskKind.FACES))),
          withKey(
              INVALID_EVENT,
              "the record's key is not the faces' task_id",
              faces -> faces.key().equals(faces.event().getTaskId())));

  private static final List<EventRule<FacesDetected>> SOURCE =
      SourceRules.of(_ -> true, FacesDetected::getOwnerId, FacesDetected::getSource);

  private static final List<EventRule<FacesDetected>> PHOTO =
      List.of(
          that(
              INVALID_EVENT,
              "position of the photo is not 0 to 999999",
              faces -> CommonRules.isPosition(faces.getPosition())),
          that(
              INVALID_EVENT,
              "filename of the photo has more than 255 characters",
              faces -> CommonRules.isShort(faces.getFilename())),
          that(
              INVALID_EVENT,
              "filename of the photo has control characters",
              faces -> CommonRules.isPrintable(faces.getFilename())),
          that(
              INVALID_EVENT,
              "profiles_upto of the task has a negative partition or offset",
              faces -> CommonRules.areOffsets(faces.getProfilesUpto())),
          that(
              INVALID_EVENT,
              "profiles_upto of the task names a partition twice",
              faces -> CommonRules.areOnce(faces.getProfilesUpto())),
          that(INVALID_EVENT, "media_type is blank", faces -> !faces.getMediaType().isBlank()),
          that(
              INVALID_EVENT,
              "width or height is not positive",
              faces -> faces.getWidth() > 0 && faces.getHeight() > 0),
          that(
              INVALID_EVENT,
              "orientation is not 1 to 8",
              faces -> faces.getOrientation() >= 1 && faces.getOrientation() <= 8),
          that(
              INVALID_EVENT,
              "processing_millis is negative",
              faces -> faces.getProcessingMillis() >= 0));

  private static final List<EventRule<FacesDetected>> MODEL =
      List.of(
          that(INVALID_EVENT, "model_id is blank", faces -> !faces.getModelId().isBlank()),
          that(INVALID_EVENT, "space_id is blank", faces -> !faces.getSpaceId().isBlank()),
          that(
              INVALID_EVENT,
              "dimension is not 1 to 4096",
              faces -> faces.getDimension() >= 1 && faces.getDimension() <= MOST_NUMBERS),
          that(
              TOO_MANY_FACES,
              "the photo has more than 1000 faces",
              faces -> faces.getFaces().size() <= MOST_FACES));

  static final List<EventRule<FacesDetected>> RULES =
      Stream.of(IDS, SOURCE, PHOTO, MODEL, FaceRules.RULES).flatMap(List::stream).toList();

  private FacesDetectedRules() {}
}
