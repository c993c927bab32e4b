package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.Causation;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matches the faces of a photo and words the answer as an event. */
final class MatchEvent {
  private final MatchPolicy policy;
  private final Matcher matcher;
  private final Clock clock;

  MatchEvent(MatchPolicy policy, Clock clock) {
    this.policy = policy;
    this.matcher = new Matcher(policy);
    this.clock = clock;
  }

  MatchResult of(FacesDetected found, Causation causation, Gallery gallery, boolean late) {
    return MatchResult.newBuilder()
        .setEventId(EventIds.event(Topics.MATCH_RESULT, found.getTaskId(), found.getRun(), 0, 0))
        .setOccurredAt(clock.instant())
        .setJobId(found.getJobId())
        .setOwnerId(found.getOwnerId())
        .setRun(found.getRun())
        .setCausation(causation)
        .setTaskId(found.getTaskId())
        .setPhotoId(found.getPhotoId())
        .setSource(found.getSource())
        .setFilename(found.getFilename())
        .setMediaType(found.getMediaType())
        .setFaces(matched(found, gallery))
        .setThreshold(policy.threshold())
        .setMargin(policy.margin())
        .setReviewFrom(policy.reviewFrom())
        .setComparedFriends(gallery.in(found.getSpaceId()).size())
        .setGalleryLate(late)
        .setModelId(found.getModelId())
        .setSpaceId(found.getSpaceId())
        .setPosition(found.getPosition())
        .setPerceptualHash(found.getPerceptualHash())
        .setQuality(found.getQuality())
        .build();
  }

  private List<MatchedFace> matched(FacesDetected found, Gallery gallery) {
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    for (DetectedFace face : found.getFaces()) {
      embeddings.add(face.getEmbedding() == null ? null : Embedding.fromBytes(face.getEmbedding()));
    }
    List<FaceMatch> matches = matcher.match(embeddings, found.getSpaceId(), gallery);
    List<MatchedFace> faces = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      faces.add(matched(found.getFaces().get(i), matches.get(i)));
    }
    return faces;
  }

  private static MatchedFace matched(DetectedFace face, FaceMatch match) {
    return MatchedFace.newBuilder()
        .setIndex(face.getIndex())
        .setBox(face.getBox())
        .setDecision(match.decision())
        .setRule(match.rule())
        .setFriendId(match.friendId())
        .setScore(match.score())
        .setRunnerUpMargin(match.margin())
        .setCandidates(match.candidates())
        .setSkipped(face.getSkipped())
        .setQuality(face.getQuality())
        .build();
  }
}
