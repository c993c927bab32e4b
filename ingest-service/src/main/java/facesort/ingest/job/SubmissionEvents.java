package facesort.ingest.job;

import facesort.schemas.EventIds;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.JobSubmit;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.ObjectKeys;
import java.time.Instant;

/**
 * The events of a job, made from its manifest alone: made twice they are the same.
 *
 * @param bucket where manifest and photos lie
 */
record SubmissionEvents(String bucket) {

  JobControl submit(Manifest manifest) {
    return JobControl.newBuilder()
        .setEventId(EventIds.event(Topics.JOB_CONTROL, manifest.jobId(), 0, 0, 0))
        .setOccurredAt(Instant.ofEpochMilli(manifest.submittedAt()))
        .setJobId(manifest.jobId())
        .setOwnerId(manifest.ownerId())
        .setCommand(JobCommand.SUBMIT)
        .setSubmit(
            JobSubmit.newBuilder()
                .setName(manifest.name())
                .setTotal(manifest.photos().size())
                .setRelease(manifest.release())
                .setLane(manifest.lane())
                .setDeadline(Instant.ofEpochMilli(manifest.deadline()))
                .setKeepOriginals(manifest.keepOriginals())
                .setDeleteSource(manifest.deleteSource())
                .setManifest(
                    ObjectRef.newBuilder()
                        .setBucket(bucket)
                        .setKey(ObjectKeys.manifest(manifest.ownerId(), manifest.jobId()))
                        .build())
                .build())
        .build();
  }

  TaskQueued task(Manifest manifest, int position) {
    var photo = manifest.photos().get(position);
    var taskId = EventIds.task(manifest.jobId(), photo.photoId(), TaskKind.FACES);
    return TaskQueued.newBuilder()
        .setEventId(EventIds.event(topic(manifest.lane()), taskId, 0, 0, 0))
        .setOccurredAt(Instant.ofEpochMilli(manifest.submittedAt()))
        .setJobId(manifest.jobId())
        .setOwnerId(manifest.ownerId())
        .setTaskId(taskId)
        .setPhotoId(photo.photoId())
        .setKind(TaskKind.FACES)
        .setLane(manifest.lane())
        .setSource(source(photo))
        .setFilename(photo.filename())
        .setSha256(photo.sha256())
        .setPosition(position)
        .setProfilesUpto(manifest.profilesUpto().stream().map(Manifest.Upto::toAvro).toList())
        .setSettled(photo.settled())
        .setDuplicateOf(photo.duplicateOf())
        .setSettledMessage(photo.message())
        .build();
  }

  private ObjectRef source(ManifestPhoto photo) {
    return ObjectRef.newBuilder()
        .setBucket(bucket)
        .setKey(photo.key())
        .setEtag(photo.etag())
        .setLength(photo.length())
        .build();
  }

  /** The queue of a lane. */
  static Topic<TaskQueued> topic(Lane lane) {
    return lane == Lane.INTERACTIVE ? Topics.TASK_QUEUED_INTERACTIVE : Topics.TASK_QUEUED;
  }
}
