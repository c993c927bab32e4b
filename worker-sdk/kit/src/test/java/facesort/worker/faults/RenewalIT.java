package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.RestartingWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Work that nobody can stop. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class RenewalIT {
  /** EX_SOFTWARE of sysexits.h: start me again. */
  private static final int RESTART = 70;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  @Fault(id = "renewal", injection = "two tasks that never end and do not listen to interrupts")
  void twoHangingTasks_areHeldAndTheProcessIsRenewed(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(9, "slow-10");
      scene.tasks().send("hang-1", Expected.held(FailureCode.DEADLINE));
      scene.tasks().send(9, "slow-10");
      scene.tasks().send("hang-2", Expected.held(FailureCode.DEADLINE));
      scene.tasks().send(9, "slow-10");

      RestartingWorker worker =
          scene.restarting(scene.command().with("facesort.worker.deadline", "1s"));

      scene.awaitDeaths(worker, 1);
      scene.tasks().send(9, "ok");
      scene.settled(LIMIT).note("deaths " + worker.deaths()).assertHold();
      assertThat(worker.deaths()).containsExactly(RESTART);
    }
  }
}
