package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.PhotoFacts;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.Box;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FaceQuality;
import facesort.schemas.FacesDetected;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.Task;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Words what was found as an event. */
final class FacesEvent {
  private FacesEvent() {}

  static FacesDetected of(Task<TaskQueued> task, FoundFaces found, Instant now) {
    TaskQueued queued = task.event();
    ExaminedPhoto examined = found.photo();
    PhotoFacts facts = examined.facts();
    List<Face> faces = examined.faces();
    return FacesDetected.newBuilder()
        .setEventId(
            EventIds.event(Topics.FACES_DETECTED, queued.getTaskId(), queued.getRun(), 0, 0))
        .setOccurredAt(now)
        .setJobId(queued.getJobId())
        .setOwnerId(queued.getOwnerId())
        .setRun(queued.getRun())
        .setCausation(task.causation())
        .setTaskId(queued.getTaskId())
        .setPhotoId(queued.getPhotoId())
        .setSource(found.source())
        .setFilename(queued.getFilename())
        .setMediaType(facts.mediaType())
        .setWidth(facts.width())
        .setHeight(facts.height())
        .setOrientation(facts.orientation())
        .setFaces(IntStream.range(0, faces.size()).mapToObj(i -> face(i, faces.get(i))).toList())
        .setDimension(FaceModels.DIMENSION)
        .setModelId(FaceModels.modelId())
        .setSpaceId(FaceModels.spaceId())
        .setProcessingMillis(Math.clamp(found.millis(), 0, Integer.MAX_VALUE))
        .setProfilesUpto(queued.getProfilesUpto())
        .setPosition(queued.getPosition())
        .build();
  }

  private static DetectedFace face(int index, Face face) {
    BoundingBox box = face.box();
    Embedding embedding = face.embedding();
    return DetectedFace.newBuilder()
        .setIndex(index)
        .setBox(new Box(box.left(), box.top(), box.width(), box.height()))
        .setScore(face.confidence())
        .setLandmarks(face.points().stream().flatMap(p -> Stream.of(p.x(), p.y())).toList())
        .setEmbedding(embedding == null ? null : embedding.toBytes())
        .setSkipped(face.skipped())
        .setQuality(quality(face.quality()))
        .build();
  }

  private static @Nullable FaceQuality quality(
      facesort.inference.face.@Nullable FaceQuality quality) {
    return quality == null
        ? null
        : new FaceQuality(
            quality.side(), quality.sharpness(), quality.yaw(), quality.pitch(), quality.roll());
  }
}
