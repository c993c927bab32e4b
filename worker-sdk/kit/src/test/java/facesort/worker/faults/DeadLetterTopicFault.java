package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.WorkerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dead-letter topic that is not there: a client waits for it before it says so. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class DeadLetterTopicFault {
  @Test
  @Fault(id = "F16", injection = "the dead-letter topic is missing when a record is to be held")
  void missingDeadLetterTopic_stopsLoudlyAndNothingIsSkipped(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.topics().delete(scene.topics().in().deadLetters());
      WorkerProcess worker = scene.working(scene.command());
      scene.tasks().send(9, "ok");
      scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
      scene.tasks().send(9, "ok");

      boolean isLoud = DeadLetterTopicIT.isLoud(scene, worker);
      scene.topics().createDeadLetters(scene.topics().in());

      DeadLetterTopicIT.goesOn(scene, worker, isLoud);
    }
  }
}
