package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.RestartingWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGKILL where it hurts. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class KilledIT {
  @Test
  @Fault(id = "F1", injection = "SIGKILL once at each of the five points of a batch")
  void killedAtEachPoint_losesAndDoublesNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(60, "slow-20");

      RestartingWorker worker = scene.restarting(scene.command().seeded(KillPoints.all()));

      scene.settled(Duration.ofSeconds(90)).assertHold();
      assertThat(worker.deaths()).hasSize(KillPoints.values().length).containsOnly(137);
    }
  }
}
