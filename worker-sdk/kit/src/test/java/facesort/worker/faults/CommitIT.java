package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.SeededSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Offsets that do not tell what was done. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class CommitIT {

  @Test
  @Fault(id = "F7", injection = "a transaction is committed and the worker is told that it failed")
  void lostAnswerOfACommit_doublesNothing(StackAddresses stack) {
    holds(Scenario.ANSWER_OF_A_COMMIT_LOST, stack);
  }

  @Test
  @Fault(id = "F3", injection = "SIGTERM between a poll and the work on its records")
  void stoppedBetweenPollAndWork_losesNothing(StackAddresses stack) {
    holds(Scenario.STOPPED_BETWEEN_POLL_AND_WORK, stack);
  }

  private static void holds(Scenario scenario, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scenario.run(scene, SeededSource.shipped()).assertHold();
    }
  }
}
