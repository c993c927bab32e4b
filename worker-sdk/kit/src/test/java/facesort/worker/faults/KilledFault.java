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
  private static final int KILLED = 137;
  private static final Duration LIMIT = Duration.ofSeconds(90);

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

  @Test
  @Fault(id = "F1", injection = "SIGKILL once at each of the five points of a batch")
  void killedAtEachPoint_losesAndDoublesNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(60, "slow-20");

      RestartingWorker worker = scene.restarting(scene.command().seeded(KillPoints.all()));

      scene.settled(LIMIT).assertHold();
      assertThat(worker.deaths()).hasSize(KillPoints.values().length).containsOnly(KILLED);
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

      scene.settled(LIMIT).assertHold();
      assertThat(worker.deaths())
          .hasSize(point == KillPoints.WHILE_CAREFUL ? 2 : 1)
          .containsOnly(KILLED);
    }
  }
}
