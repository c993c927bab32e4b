package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.SeededSource;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL at each point by itself, and at random. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class KilledFault {

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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @Fault(id = "F25", injection = "5 SIGKILLs from outside at random times")
  void killsFromOutside_convictNobody(long seed, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      QuarantineIT.outsideKills(scene, new Random(seed)).assertHold();
    }
  }
}
