package facesort.inference;

import facesort.inference.detect.DetectStage;
import facesort.inference.detect.FoundFaces;
import facesort.inference.detect.PhotoExaminer;
import facesort.local.assets.Assets;
import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.kit.contract.Given;
import facesort.worker.kit.contract.StageContract;
import facesort.worker.kit.contract.Subject;
import java.io.IOException;
import java.nio.file.Files;

/** Detect keeps the contract of a stage. */
class DetectContractIT implements StageContract<PhotoExaminer, TaskQueued, FoundFaces> {
  @Override
  public Subject<PhotoExaminer, TaskQueued, FoundFaces> subject() {
    return Subject.of(
            InferenceApplication.class, "detect", DetectStage::stage, Topics.FACES_DETECTED)
        .with("facesort.models.dir", Assets.models());
  }

  @Override
  public TaskQueued doneTask(Given given) throws IOException {
    return given.task(Files.readAllBytes(Assets.samplePhotos().resolve("sample1.jpg")));
  }

  @Override
  public TaskQueued refusedTask(Given given) {
    return given.task(new byte[] {1, 2, 3});
  }

  @Override
  public FailureCode refusal() {
    return FailureCode.TRUNCATED_IMAGE;
  }
}
