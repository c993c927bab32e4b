package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.WorkerCommand;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Photos that are not there, and an object store that has a bad day. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class StorageIT {
  /** More calls than this for each photo that is asked for is a storm. */
  private static final double MOST_CALLS = 1.2;

  private static final int READS = 24;

  @Test
  @Fault(id = "F20", injection = "a photo is missing, another has changed since it was submitted")
  void missingAndChangedPhotos_areHeldAlone(StackAddresses stack) {
    try (Scene scene = Scene.on(stack);
        Photos photos = Photos.of(scene.tasks(), stack)) {
      ObjectRef other = new ObjectRef(stack.bucket(), photos.tasks().photoKey("x"), null, null);
      for (int i = 0; i < 5; i++) {
        scene.tasks().send("read-" + i, photos.put("read-" + i), 0, Expected.published());
      }
      ObjectRef now = photos.put("read-changed");
      ObjectRef old =
          new ObjectRef(now.getBucket(), now.getKey(), "0123456789abcdef0123456789abcdef", null);
      scene
          .tasks()
          .send("read-changed", old, 0, Expected.held(FailureCode.SOURCE_CHANGED))
          .send("read-missing", other, 0, Expected.held(FailureCode.SOURCE_MISSING))
          .send("ok-behind", other, 0, Expected.published());

      scene.working(scene.command());

      scene.onceEach(scene.settled(Duration.ofSeconds(30))).assertHold();
    }
  }

  @Test
  @Fault(id = "F19", injection = "the object store resets every connection, from mid-batch on")
  void resettingStore_isWaitedForWithoutAStorm(StackAddresses stack) {
    badDay(stack, Scene::command, Day.RESETS, 5, 2).assertHold();
  }

  /** Half of the tasks need the store, half do not; the bad day lasts so many roll-backs. */
  static Guarantees badDay(
      StackAddresses stack,
      Function<Scene, WorkerCommand> command,
      Day day,
      int goodCalls,
      int rollbacks) {
    try (Scene scene = Scene.on(stack);
        Photos photos = Photos.of(scene.tasks(), stack)) {
      HttpRelay relay = scene.relay(stack.s3Endpoint());
      WorkerProcess worker =
          scene.working(command.apply(scene).with("facesort.storage.endpoint", relay.address()));
      List<ObjectRef> refs =
          IntStream.range(0, READS).mapToObj(i -> photos.put("read-" + i)).toList();
      // While the first is worked on, the others become one batch.
      scene.tasks().send(scene.topics().in(), "slow-1500-first", 0, Expected.published());
      relay.haveAfter(goodCalls, day);
      for (int i = 0; i < READS; i++) {
        scene.tasks().send("read-" + i, refs.get(i), 0, Expected.published());
        if (i % 2 == 0) {
          scene.tasks().send(scene.topics().in(), "slow-10-" + i, 0, Expected.published());
        }
      }

      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> waits(worker) >= rollbacks || !worker.isAlive());
      boolean isLoud = worker.health().contains("storage");
      relay.have(Day.GOOD);

      Guarantees held =
          scene
              .onceEach(scene.settled(Duration.ofSeconds(60)))
              .and(Guarantee.TROUBLE_IS_LOUD, isLoud, "health does not name the store");
      return calls(scene, relay, held);
    }
  }

  private static long waits(WorkerProcess worker) {
    return worker.log().lines().filter(line -> line.contains("batch waits")).count();
  }

  static Guarantees calls(Scene scene, HttpRelay relay, Guarantees held) {
    int reads = scene.reads().size();
    int calls = relay.asked().size();
    return held.note("%d calls for %d reads".formatted(calls, reads))
        .and(
            Guarantee.NO_RETRY_STORM,
            calls <= MOST_CALLS * reads,
            "%d calls for %d reads: %s".formatted(calls, reads, relay.asked()));
  }
}
