package facesort.bench.projector;

import facesort.bench.projector.Corpus.Fate;
import facesort.bench.projector.Corpus.Photo;
import facesort.schemas.Box;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.Lane;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchRule;
import facesort.schemas.MatchedFace;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.ObjectKeys;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The events of photos as the services write them, of the size they have in a real system: each
 * face with an embedding of 512 numbers. For any number of threads.
 *
 * @param run the job's run they belong to
 */
record PhotoEvents(Clock clock, int run) {
  private static final int DIMENSION = 512;
  private static final int CANDIDATES = 5;
  private static final String SHA_256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final List<ByteBuffer> EMBEDDINGS = embeddings();

  static String taskId(Photo photo) {
    return EventIds.task(photo.jobId(), photo.id(), TaskKind.FACES);
  }

  TaskQueued task(Photo photo) {
    return TaskQueued.newBuilder()
        .setEventId(EventIds.event(Topics.TASK_QUEUED, taskId(photo), run, 0, 0))
        .setOccurredAt(clock.instant())
        .setJobId(photo.jobId())
        .setOwnerId(Corpus.OWNER)
        .setRun(run)
        .setTaskId(taskId(photo))
        .setPhotoId(photo.id())
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(source(photo))
        .setFilename("IMG_%06d.jpeg".formatted(photo.position()))
        .setSha256(SHA_256)
        .setPosition(photo.position())
        .setSettled(photo.fate() == Fate.DUPLICATE ? FailureCode.DUPLICATE : null)
        .build();
  }

  FacesDetected faces(Photo photo) {
    return FacesDetected.newBuilder()
        .setEventId(EventIds.event(Topics.FACES_DETECTED, taskId(photo), run, 0, 0))
        .setOccurredAt(clock.instant())
        .setJobId(photo.jobId())
        .setOwnerId(Corpus.OWNER)
        .setRun(run)
        .setTaskId(taskId(photo))
        .setPhotoId(photo.id())
        .setSource(source(photo))
        .setMediaType("image/jpeg")
        .setWidth(4032)
        .setHeight(3024)
        .setFaces(IntStream.range(0, photo.faces()).mapToObj(i -> detected(photo, i)).toList())
        .setDimension(DIMENSION)
        .setModelId("bench-model")
        .setSpaceId("bench-space")
        .setProcessingMillis(40)
        .setPosition(photo.position())
        .build();
  }

  MatchResult match(Photo photo) {
    return MatchResult.newBuilder()
        .setEventId(EventIds.event(Topics.MATCH_RESULT, taskId(photo), run, 0, 0))
        .setOccurredAt(clock.instant())
        .setJobId(photo.jobId())
        .setOwnerId(Corpus.OWNER)
        .setRun(run)
        .setTaskId(taskId(photo))
        .setPhotoId(photo.id())
        .setSource(source(photo))
        .setMediaType("image/jpeg")
        .setFaces(IntStream.range(0, photo.faces()).mapToObj(i -> matched(photo, i)).toList())
        .setThreshold(0.5f)
        .setMargin(0.08f)
        .setReviewFrom(0.4f)
        .setComparedFriends(21)
        .setModelId("bench-model")
        .setSpaceId("bench-space")
        .setPosition(photo.position())
        .build();
  }

  /** All that delivery says about a photo, in order. */
  List<DeliveryDone> deliveries(Photo photo) {
    List<DeliveryDone> said = new ArrayList<>();
    for (String friend : photo.friends()) {
      boolean isFirst = said.isEmpty();
      if (isFirst && photo.isUnknownFirst()) {
        said.add(delivery(photo, friend, 0, DeliveryState.UNKNOWN));
      }
      said.add(
          delivery(photo, friend, isFirst && photo.isUnknownFirst() ? 1 : 0, DeliveryState.SENT));
    }
    return said;
  }

  private DeliveryDone delivery(Photo photo, String friend, int seq, DeliveryState state) {
    return DeliveryDone.newBuilder()
        .setEventId(EventIds.event(Topics.DELIVERY_DONE, taskId(photo) + "/" + friend, 0, 0, seq))
        .setOccurredAt(clock.instant())
        .setJobId(photo.jobId())
        .setOwnerId(Corpus.OWNER)
        .setRun(run)
        .setPhotoId(photo.id())
        .setFriendId(friend)
        .setSeq(seq)
        .setState(state)
        .setChannel(Channel.FOLDER)
        .setAttempts(1)
        .setScore(0.7f)
        .build();
  }

  private static DetectedFace detected(Photo photo, int index) {
    ByteBuffer embedding = EMBEDDINGS.get((photo.position() + index) % EMBEDDINGS.size());
    return new DetectedFace(index, box(index), 0.9f, List.of(), embedding.duplicate(), null, null);
  }

  private static MatchedFace matched(Photo photo, int index) {
    boolean isFriend = photo.fate() == Fate.MATCHED;
    List<MatchCandidate> candidates =
        IntStream.range(0, CANDIDATES)
            .mapToObj(i -> new MatchCandidate("friend-" + i, 0.7f - 0.1f * i, i, 1L))
            .toList();
    return new MatchedFace(
        index,
        box(index),
        isFriend ? MatchDecision.MATCHED : MatchDecision.NO_MATCH,
        isFriend ? MatchRule.ACCEPTED : MatchRule.BELOW_REVIEW_BAND,
        isFriend ? photo.friends().get(index) : null,
        isFriend ? 0.7f : 0.2f,
        0.1f,
        candidates,
        null,
        null);
  }

  private static ObjectRef source(Photo photo) {
    return new ObjectRef(
        "facesort", ObjectKeys.photo(Corpus.OWNER, photo.jobId(), photo.id()), "d41d8cd98f00", 1L);
  }

  private static Box box(int index) {
    return new Box(100f * index, 200f, 80f, 90f);
  }

  /** As incompressible as real ones. */
  private static List<ByteBuffer> embeddings() {
    Random random = new Random(7);
    return IntStream.range(0, 64)
        .mapToObj(number -> {
          byte[] bytes = new byte[DIMENSION * Float.BYTES];
          random.nextBytes(bytes);
          return ByteBuffer.wrap(bytes);
        })
        .toList();
  }
}
