package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.SeededSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two lanes before one model. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class LanesIT {

  @Test
  @Fault(id = "P3", injection = "12 interactive tasks amid a bulk backlog of 2000")
  void interactive_waitsForOneBulkBucket_andBulkKeepsItsShare(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      Scenario.BOTH_LANES_BUSY.run(scene, SeededSource.shipped()).assertHold();
    }
  }
}
