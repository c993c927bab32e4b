package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that are cancelled in the middle. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class CancelIT {
  /** From the commit of the command to the last start of work. */
  static final Duration LATEST = Duration.ofSeconds(2);

  @Test
  @Fault(id = "I8", injection = "a job is cancelled in the middle")
  void cancelledJob_startsNothingMore(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      for (int i = 0; i < 120; i++) {
        scene.tasks().send("slow-100-" + i, Expected.either());
      }
      scene.working(scene.command());
      scene.awaitStarts(10);

      Instant cancelled = scene.tasks().cancel();

      var held = scene.settled(Duration.ofSeconds(30));
      List<Scene.Start> late =
          scene.starts().stream()
              .filter(start -> start.millis() > cancelled.plus(LATEST).toEpochMilli())
              .toList();
      held.and(Guarantee.CANCELLED_WORK_DOES_NOT_START, late.isEmpty(), "started: " + late)
          .and(
              Guarantee.CANCELLED_WORK_DOES_NOT_START, held.published() < 120, "all of it was done")
          .assertHold();
    }
  }

  @Test
  @Fault(id = "I8", injection = "a job is cancelled while its poison is tried again and again")
  void cancelledJob_endsTheRetriesOfItsPoison(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.working(scene.command().with("facesort.worker.policy.INTERNAL.attempts", "10"));
      scene.tasks().send("throw-1", Expected.nothing());
      scene.awaitStarts(2);

      Instant latest = scene.tasks().cancel().plus(LATEST);
      scene.tasks().anotherJob().send(12, "ok");

      Guarantees held = scene.settled(Duration.ofSeconds(30));
      List<Scene.Start> late =
          scene.starts().stream()
              .filter(start -> start.photo().equals("throw-1"))
              .filter(start -> start.millis() > latest.toEpochMilli())
              .toList();
      held.and(Guarantee.CANCELLED_WORK_DOES_NOT_START, late.isEmpty(), "tried again: " + late)
          .note("longest delay of the other job " + held.longestDelay())
          .assertHold();
    }
  }
}
