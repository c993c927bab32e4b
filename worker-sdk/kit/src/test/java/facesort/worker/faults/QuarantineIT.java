package facesort.worker.faults;

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

/** Records that end the process that works on them, and processes that are ended by others. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class QuarantineIT {
  private static final int KILLS = 2;
  private static final long SEED = 20_260_101;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

  @Test
  @Fault(id = "F25", injection = "a photo ends the JVM by SIGSEGV amid another job's tasks")
  void killer_delaysOtherJobsShortly(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      RestartingWorker worker = scene.restarting(scene.command());
      worker.current().awaitWorking();
      scene.tasks().send("crash-1", Expected.held(FailureCode.NATIVE_CRASH, 2)).anotherJob();
      for (int i = 0; i < 30; i++) {
        scene.tasks().send("slow-20-other-" + i, Expected.published());
      }

      Guarantees held = scene.settled(Duration.ofSeconds(60));
      Duration delay = held.longestDelay(one -> one.photo().contains("-other-"));
      held.and(
              Guarantee.NOBODY_IS_STUCK,
              delay.compareTo(LONGEST_DELAY) < 0,
              "another job's task waited for " + delay)
          .and(
              Guarantee.ONE_DEATH_A_KILLER,
              worker.deaths().size() == 1,
              "deaths " + worker.deaths())
          .note("longest delay of the other job " + delay)
          .assertHold();
    }
  }

  @Test
  @Fault(id = "F25", injection = "2 SIGKILLs from outside while careful or not")
  void killsFromOutside_convictNobody(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      outsideKills(scene, new Random(SEED), KILLS).assertHold();
    }
  }

  /** Kills a worker again and again at random times, long after and soon after its start. */
  static Guarantees outsideKills(Scene scene, Random random, int kills) {
    scene.tasks().send(30 * kills, "slow-60");
    RestartingWorker worker = scene.restarting(scene.command());
    for (int kill = 1; kill <= kills; kill++) {
      int deaths = kill - 1;
      scene.awaitDeaths(worker, deaths);
      worker.current().awaitWorking();
      scene.pause(Duration.ofMillis(random.nextInt(1_500)));
      worker.kill();
    }
    return scene.settled(Duration.ofSeconds(90));
  }
}
