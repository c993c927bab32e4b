package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dead-letter topic that is not there. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class DeadLetterTopicIT {

  @Test
  @Fault(id = "F16", injection = "the dead-letter topic is missing when a record is to be held")
  void missingDeadLetterTopic_stopsLoudlyAndNothingIsSkipped(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      String missing = scene.topics().in().deadLetters();
      scene.topics().delete(missing);
      WorkerProcess worker = scene.working(scene.command());
      scene.tasks().send(9, "ok");
      scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
      scene.tasks().send(9, "ok");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> worker.health().contains("\"DOWN\"") && worker.health().contains(missing));
      boolean isLogged = worker.log().contains("consumer stops") && worker.log().contains(missing);
      scene.topics().createDeadLetters(scene.topics().in());
      worker.term();
      scene.working(scene.command());

      Guarantees held = scene.settled(Duration.ofSeconds(30));
      held.and(Guarantee.TROUBLE_IS_LOUD, isLogged, "it is not in the log").assertHold();
    }
  }
}
