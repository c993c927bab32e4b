package facesort.worker.faults;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A schema registry that does not answer. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class RegistryIT {
  /** Nobody listens there. */
  private static final String NOWHERE = "http://127.0.0.1:9/apis/ccompat/v7";

  @Test
  @Fault(id = "F12", injection = "no registry from the start on; its schemas are known")
  void withoutRegistry_knownSchemasGoOn(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.tasks().send(3, "ok");
      var learning = scene.working(scene.command());
      scene.settled(Duration.ofSeconds(30)).assertHold();
      learning.term();

      scene.tasks().send(20, "ok");
      scene.working(scene.command().with("facesort.registry.url", NOWHERE));

      scene.settled(Duration.ofSeconds(30)).assertHold();
    }
  }
}
