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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL at each point: one after the other, and each by itself. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class KilledFault {

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

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @Fault(id = "F1", injection = "SIGKILL")
  void killedAtOnePoint_losesAndDoublesNothing(KillPoints point, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      SeededSource source = point.into(SeededSource.shipped());
      if (point == KillPoints.WHILE_CAREFUL) {
        source = KillPoints.WHILE_WORKING.into(source);
      }
      scene.tasks().send(120, "slow-20");

      RestartingWorker worker = scene.restarting(scene.command().seeded(source));

      scene.settled(Duration.ofSeconds(90)).assertHold();
      assertThat(worker.deaths())
          .hasSize(point == KillPoints.WHILE_CAREFUL ? 2 : 1)
          .containsOnly(137);
    }
  }
}
