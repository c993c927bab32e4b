package facesort.sample;

import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.worker.kit.contract.Given;
import facesort.worker.kit.contract.StageContract;
import facesort.worker.kit.contract.Subject;
import java.util.Random;

/** The sample keeps the contract of a stage. */
class BlurContractIT implements StageContract<Laplacian, TaskQueued, Double> {
  @Override
  public Subject<Laplacian, TaskQueued, Double> subject() {
    return Subject.of(BlurStage.class, "main", BlurStage::stage, BlurStage.SCORES);
  }

  @Override
  public TaskQueued doneTask(Given given) {
    return given.task(Pictures.encoded(Pictures.noise(new Random(7), 32, 32), "png"));
  }

  @Override
  public TaskQueued refusedTask(Given given) {
    return given.task(Pictures.broken());
  }

  @Override
  public FailureCode refusal() {
    return FailureCode.CORRUPT_IMAGE;
  }
}
