package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.SeededSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGKILL where it hurts. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class KilledIT {
  private static final int KILLED = 137;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  @Fault(id = "F1", injection = "SIGKILL mid-inference, then before commit, then while idle")
  void killedThreeTimes_losesAndDoublesNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(30, "slow-20");

      SeededSource points =
          KillPoints.BEFORE_COMMIT.into(KillPoints.WHILE_WORKING.into(SeededSource.shipped()));
      RestartingWorker worker = scene.restarting(scene.command().seeded(points));
      scene.settled(LIMIT).assertHold();

      worker.kill();
      scene.awaitDeaths(worker, 3);
      scene.tasks().send(10, "ok");

      scene.settled(LIMIT).assertHold();
      assertThat(worker.deaths()).hasSize(3).containsOnly(KILLED);
    }
  }
}
