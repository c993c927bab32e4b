package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An object store whose bad day is a long one. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class StorageFault {
  private static final int ALL_AT_ONCE = 16;

  @Test
  @Fault(id = "F19", injection = "the object store answers 503 to every call")
  void busyStore_isWaitedForWithoutAStorm(StackAddresses stack) {
    StorageIT.badDay(stack, Scene::command, Day.BUSY, 0, 3).assertHold();
  }

  @Test
  @Fault(id = "F19", injection = "the object store gives 1 kB a second")
  void slowStore_isWaitedForWithoutASecondCall(StackAddresses stack) {
    try (Scene scene = Scene.on(stack);
        Photos photos = Photos.of(scene.tasks(), stack)) {
      HttpRelay relay = scene.relay(stack.s3Endpoint());
      relay.have(Day.DRIPS);
      scene.working(scene.command().with("facesort.storage.endpoint", relay.address()));
      for (int i = 0; i < 4; i++) {
        scene.tasks().send("read-" + i, photos.put("read-" + i), i % 3, Expected.published());
      }

      StorageIT.calls(scene, relay, scene.onceEach(scene.settled(Duration.ofSeconds(60))))
          .assertHold();
    }
  }

  @Test
  @Fault(id = "F19", injection = "the object store answers nothing, not even with an error")
  void silentStore_isWaitedForWithoutAStorm(StackAddresses stack) {
    StorageIT.badDay(
            stack,
            scene ->
                scene
                    .command()
                    .property(KitStage.AT_ONCE, ALL_AT_ONCE)
                    .with("facesort.worker.deadline", "45s"),
            Day.SILENT,
            0,
            1)
        .assertHold();
  }
}
