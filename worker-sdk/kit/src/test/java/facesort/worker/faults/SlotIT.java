package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slots that are taken and given back. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class SlotIT {
  private static final int SLOT_TAKEN = 75;
  private static final int TERMINATED = 143;

  @Test
  @Fault(id = "F39", injection = "a second instance in the slot of one that is busy")
  void twoInstancesInASlot_theNewerWorksAndTheOlderEnds(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(200, "slow-30");
      WorkerProcess older = scene.working(scene.command());
      scene.awaitStarts(5);

      WorkerProcess newer = scene.working(scene.command());

      scene
          .settled(Duration.ofSeconds(60))
          .and(
              Guarantee.THE_OLDER_IS_FENCED,
              older.awaitEnd() == SLOT_TAKEN && newer.isAlive(),
              "the older has not ended as it should: " + older.log())
          .assertHold();
      assertThat(older.log().lines().filter(line -> line.contains("a newer instance has slot 0")))
          .hasSize(1);
    }
  }

  @Test
  @Fault(id = "F3", injection = "SIGTERM to each of two instances in turn, under load")
  void rollingRestart_redeliversNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      WorkerProcess first = scene.working(scene.command());
      WorkerProcess second = scene.working(scene.command().inSlot(1));
      scene.tasks().send(300, "slow-50");
      scene.awaitStarts(20);

      int firstStatus = first.term();
      scene.working(scene.command());
      int secondStatus = second.term();
      scene.working(scene.command().inSlot(1));

      scene.onceEach(scene.settled(Duration.ofSeconds(60))).assertHold();
      assertThat(firstStatus).isEqualTo(TERMINATED);
      assertThat(secondStatus).isEqualTo(TERMINATED);
    }
  }
}
