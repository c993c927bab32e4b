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
  @Fault(id = "F1", injection = "SIGKILL between offsets and commit")
  void killedBeforeCommit_losesAndDoublesNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(30, "slow-10");
      SeededSource point = KillPoints.BEFORE_COMMIT.into(SeededSource.shipped());

      RestartingWorker worker = scene.restarting(scene.command().seeded(point));

      scene.settled(LIMIT).assertHold();
      assertThat(worker.deaths()).containsExactly(KILLED);
    }
  }
}
