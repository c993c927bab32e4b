package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.RestartingWorker;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killers of all kinds together, and many kills from outside. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class QuarantineFault {
  private static final int KILLS = 5;

  @Test
  @Fault(id = "F25", injection = "photos that end the JVM: SIGSEGV, halt, out of memory; one hangs")
  void killers_endTheWorkerOnceAndTheirNeighboursLoseNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(20, "slow-10");
      scene.tasks().send("crash-1", Expected.held(FailureCode.NATIVE_CRASH, 2));
      scene.tasks().send(10, "slow-10");
      scene.tasks().send("halt-1", Expected.held(FailureCode.NATIVE_CRASH, 2));
      scene.tasks().send(10, "slow-10");
      scene.tasks().send("hang-1", Expected.held(FailureCode.DEADLINE));
      scene.tasks().send(10, "slow-10");
      scene.tasks().send("oom-1", Expected.held(FailureCode.NATIVE_CRASH, 2));
      scene.tasks().send(20, "slow-10");

      RestartingWorker worker =
          scene.restarting(scene.command().with("facesort.worker.deadline", "3s"));

      Guarantees held = scene.settled(Duration.ofSeconds(90));
      held.and(
              Guarantee.ONE_DEATH_A_KILLER,
              worker.deaths().size() <= 3,
              "3 killers, deaths " + worker.deaths())
          .note("deaths " + worker.deaths())
          .note("longest delay " + held.longestDelay())
          .assertHold();
      assertThat(worker.deaths()).as("the killers do kill").isNotEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @Fault(id = "F25", injection = "5 SIGKILLs from outside at random times")
  void killsFromOutside_convictNobody(long seed, StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      outsideKills(scene, new Random(seed)).assertHold();
    }
  }

  /** Kills a worker again and again at random times, long after and soon after its start. */
  private static Guarantees outsideKills(Scene scene, Random random) {
    scene.tasks().send(150, "slow-60");
    RestartingWorker worker = scene.restarting(scene.command());
    for (int kill = 1; kill <= KILLS; kill++) {
      int deaths = kill - 1;
      scene.awaitDeaths(worker, deaths);
      worker.current().awaitWorking();
      scene.pause(Duration.ofMillis(random.nextInt(1_500)));
      worker.kill();
    }
    return scene.settled(Duration.ofSeconds(90));
  }
}
