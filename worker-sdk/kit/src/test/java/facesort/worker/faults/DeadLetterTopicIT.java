package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dead-letter topic that does not take what must go there. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class DeadLetterTopicIT {
  private static final int SMALL = 2_000;
  private static final int LARGE = 5_000;
  private static final int USUAL = 4 * 1024 * 1024;

  @Test
  @Fault(id = "F15", injection = "a record of 5 kB is to be held, its topic takes 2 kB")
  void tooSmallDeadLetterTopic_stopsLoudlyAndNothingIsSkipped(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      String dead = scene.topics().in().deadLetters();
      scene.topics().limit(dead, SMALL);
      byte[] large = new byte[LARGE];
      new Random(15).nextBytes(large);
      WorkerProcess worker = scene.working(scene.command());
      scene.tasks().send(9, "ok");
      scene.tasks().bytes("large", large, 0, Expected.held(FailureCode.UNDECODABLE));
      scene.tasks().send(9, "ok");

      boolean isLoud = isLoud(scene, worker);
      scene.topics().limit(dead, USUAL);

      goesOn(scene, worker, isLoud);
    }
  }

  /** Waits until health asks for a restart and names the topic; returns whether the log does. */
  static boolean isLoud(Scene scene, WorkerProcess worker) {
    String topic = scene.topics().in().deadLetters();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !worker.isHealthy("liveness") && worker.health().contains(topic));
    return worker.log().contains("consumer stops") && worker.log().contains(topic);
  }

  static void goesOn(Scene scene, WorkerProcess stopped, boolean isLoud) {
    stopped.term();
    scene.working(scene.command());
    Guarantees held = scene.settled(Duration.ofSeconds(30));
    held.and(Guarantee.TROUBLE_IS_LOUD, isLoud, "it is not in the log").assertHold();
  }
}
