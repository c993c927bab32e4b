package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A schema registry that does not answer. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class RegistryIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

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

  @Test
  @Fault(
      id = "F12",
      injection =
          "the registry answers 503 while a worker runs; then comes a schema it must ask for")
  void registryAway_knownSchemasGoOnAndUnknownOnesWait(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      HttpRelay relay = scene.relay(stack.registryUrl());
      WorkerProcess worker =
          scene.working(scene.command().with("facesort.registry.url", relay.address()));
      scene.tasks().send(3, "ok");
      scene.settled(LIMIT).assertHold();

      relay.have(Day.BUSY);
      scene.tasks().send(12, "ok");
      scene.settled(LIMIT).assertHold();

      scene.tasks().inNewerSchema("ok-newer", 0);
      PoisonIT.Poison.UNKNOWN_SCHEMA.send(scene.tasks());
      await()
          .atMost(LIMIT)
          .until(() -> worker.log().lines().filter(RegistryIT::isWaiting).count() > 1);
      String dead = scene.topics().in().deadLetters();
      boolean isEmpty = TopicLog.committed(scene.topics().clients(), dead).isEmpty();
      boolean isLoud = worker.health().contains("registry");
      relay.have(Day.GOOD);

      scene
          .settled(LIMIT)
          .and(Guarantee.NO_INNOCENT_IS_HELD, isEmpty, "an outage was held against a record")
          .and(Guarantee.TROUBLE_IS_LOUD, isLoud, "health does not name the registry")
          .assertHold();
    }
  }

  private static boolean isWaiting(String line) {
    return line.contains("batch waits") && line.contains("registry");
  }
}
