package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that stand still, are slow, come and go. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class SuspendedFault {
  private static final Duration BEYOND_SESSION = Duration.ofSeconds(9);

  /** The broker looks for transactions that are too old every ten seconds, and takes ten. */
  private static final Duration BEYOND_TRANSACTION = Duration.ofSeconds(23);

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Test
  @Fault(id = "F2", injection = "SIGSTOP for 9 s, another instance works, SIGCONT")
  void suspendedBeyondItsSession_nothingOfItTakesEffectAndItWorksAgain(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(200, "slow-40");
      WorkerProcess zombie = scene.working(scene.command());
      WorkerProcess other = scene.working(scene.command().inSlot(1));
      scene.awaitStarts(20);

      zombie.suspend();
      scene.pause(BEYOND_SESSION);
      zombie.resume();

      scene.settled(LIMIT).assertHold();
      other.term();
      scene.tasks().send(30, "ok");
      scene
          .settled(LIMIT)
          .and(Guarantee.NOBODY_IS_STUCK, zombie.isAlive(), "it has ended")
          .assertHold();
    }
  }

  @Test
  @Fault(id = "F2", injection = "SIGSTOP between offsets and commit for 23 s, alone in the slot")
  void suspendedBeyondItsTransaction_goesOnInItsSlot(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(100, "slow-20");
      WorkerProcess alone =
          scene.working(scene.command().seeded(KillPoints.BEFORE_COMMIT.holding()));
      scene.awaitHeld(KillPoints.BEFORE_COMMIT.name());

      alone.suspend();
      scene.release(KillPoints.BEFORE_COMMIT.name());
      Map<String, TransactionState> before = TopicLog.transactions(scene.topics());
      scene.pause(BEYOND_TRANSACTION);
      Map<String, TransactionState> after = TopicLog.transactions(scene.topics());
      boolean isReadable =
          TopicLog.isReadable(scene.topics().clients(), scene.topics().out().name());
      alone.resume();

      assertThat(before).containsValue(TransactionState.ONGOING);
      assertThat(after).doesNotContainValue(TransactionState.ONGOING);
      assertThat(after).containsValue(TransactionState.COMPLETE_ABORT);
      scene
          .settled(LIMIT)
          .note("transactions " + before.values() + ", then " + after.values())
          .and(Guarantee.READERS_ARE_NOT_STALLED, isReadable, "a transaction is left open")
          .and(Guarantee.NOBODY_IS_STUCK, alone.isAlive(), "it has ended: " + alone.log())
          .assertHold();
    }
  }

  @Test
  @Fault(id = "F26", injection = "one task takes 9 s, the session is 6 s; a second instance")
  void workLongerThanTheSession_movesNoPartition(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.working(scene.command());
      scene.working(scene.command().inSlot(1));
      scene.tasks().send(2, "slow-9000").send(20, "slow-20");

      scene.onceEach(scene.settled(LIMIT)).assertHold();
    }
  }

  @Test
  @Fault(
      id = "F27",
      injection = "a second instance joins and leaves 8 times, by SIGTERM or SIGKILL")
  void joinsAndLeaves_loseAndDoubleNothing(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      RestartingWorker steady = scene.restarting(scene.command());
      steady.current().awaitWorking();
      scene.tasks().send(500, "slow-40");
      Random random = new Random(27);
      for (int i = 0; i < 8; i++) {
        WorkerProcess other = scene.working(scene.command().inSlot(1));
        scene.pause(Duration.ofMillis(random.nextInt(1_000)));
        if (random.nextBoolean()) {
          other.term();
        } else {
          other.kill();
        }
      }

      scene
          .settled(LIMIT)
          .and(Guarantee.NOBODY_IS_STUCK, steady.deaths().isEmpty(), "" + steady.deaths())
          .assertHold();
    }
  }
}
