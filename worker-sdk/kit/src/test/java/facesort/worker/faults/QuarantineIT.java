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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that end the process that works on them. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class QuarantineIT {
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
}
