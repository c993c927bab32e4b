package facesort.inference;

import facesort.inference.match.MatchStage;
import facesort.inference.match.PhotoMatcher;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskKind;
import facesort.schemas.Topics;
import facesort.worker.kit.contract.Given;
import facesort.worker.kit.contract.StageContract;
import facesort.worker.kit.contract.Subject;
import java.time.Instant;
import java.util.List;

/** Match keeps the contract of a stage. */
class MatchContractIT implements StageContract<PhotoMatcher, FacesDetected, MatchResult> {
  @Override
  public Subject<PhotoMatcher, FacesDetected, MatchResult> subject() {
    return Subject.of(InferenceApplication.class, "match", MatchStage::stage, Topics.MATCH_RESULT);
  }

  @Override
  public FacesDetected doneTask(Given given) {
    return faces(given, 640);
  }

  @Override
  public FacesDetected refusedTask(Given given) {
    return faces(given, 0);
  }

  @Override
  public FailureCode refusal() {
    return FailureCode.INVALID_EVENT;
  }

  private static FacesDetected faces(Given given, int width) {
    return FacesDetected.newBuilder()
        .setEventId(given.photoId())
        .setOccurredAt(Instant.now())
        .setJobId(given.jobId())
        .setOwnerId(given.ownerId())
        .setTaskId(EventIds.task(given.jobId(), given.photoId(), TaskKind.FACES))
        .setPhotoId(given.photoId())
        .setSource(given.photo(new byte[] {1}))
        .setMediaType("image/jpeg")
        .setWidth(width)
        .setHeight(480)
        .setFaces(List.of())
        .setDimension(128)
        .setModelId("contract")
        .setSpaceId("contract")
        .setProcessingMillis(1)
        .build();
  }
}
