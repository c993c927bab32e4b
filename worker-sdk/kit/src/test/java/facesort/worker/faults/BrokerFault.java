package facesort.worker.faults;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import facesort.local.LocalStack;
import facesort.local.StackSettings;
import facesort.local.process.ProcessStatus;
import facesort.local.process.ProcessStatus.State;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.TopicLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker that is killed, on a stack of its own. */
@ExtendWith(FaultTable.class)
class BrokerFault {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static @Nullable LocalStack own;
  private static @Nullable Path data;

  @BeforeAll
  static void start() throws IOException {
    data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "stack-");
    own = LocalStack.start(StackSettings.in(data), event -> {});
  }

  @AfterAll
  static void stop() {
    requireNonNull(own).close();
  }

  @Test
  @Fault(id = "F5", injection = "SIGKILL of the broker while nothing is done")
  void brokerKilledIdle_workGoesOn() {
    try (Scene scene = Scene.on(requireNonNull(own).addresses())) {
      scene.tasks().send(10, "ok");
      scene.working(scene.command());
      scene.settled(LIMIT).assertHold();

      killBroker();

      scene.tasks().send(30, "ok");
      scene.settled(LIMIT).assertHold();
    }
  }

  @Test
  @Fault(id = "F5", injection = "SIGKILL of the broker while events are written")
  void brokerKilledWhileProducing_losesAndDoublesNothing() {
    try (Scene scene = Scene.on(requireNonNull(own).addresses())) {
      scene.tasks().send(300, "slow-20");
      scene.working(scene.command());
      scene.awaitStarts(50);

      killBroker();

      scene.settled(LIMIT).assertHold();
    }
  }

  @Test
  @Fault(id = "F5", injection = "SIGKILL of the broker between offsets and commit")
  void brokerKilledInATransaction_losesAndDoublesNothing() {
    try (Scene scene = Scene.on(requireNonNull(own).addresses())) {
      scene.tasks().send(100, "slow-10");
      scene.working(scene.command().seeded(KillPoints.BEFORE_COMMIT.holding()));
      scene.awaitHeld(KillPoints.BEFORE_COMMIT.name());

      killBroker();
      scene.release(KillPoints.BEFORE_COMMIT.name());

      scene.settled(LIMIT).assertHold();
    }
  }

  @Test
  @Fault(id = "F38", injection = "the broker forgets the transactional id of an idle worker")
  void transactionalIdExpired_workGoesOn() throws IOException {
    Path settings = requireNonNull(data).resolve("kafka").resolve("server.properties");
    Files.writeString(
        settings,
        """
        transactional.id.expiration.ms=4000
        transaction.remove.expired.transaction.cleanup.interval.ms=1000
        """,
        StandardOpenOption.APPEND);
    killBroker();
    try (Scene scene = Scene.on(requireNonNull(own).addresses())) {
      scene.tasks().send(10, "ok");
      scene.working(scene.command());
      scene.settled(LIMIT).assertHold();
      await().atMost(LIMIT).until(() -> TopicLog.transactions(scene.topics()).isEmpty());

      scene.tasks().send(30, "ok");
      scene.settled(LIMIT).assertHold();
    }
  }

  /** Its supervisor starts it again with the same data; returns when it is ready. */
  private static void killBroker() {
    ProcessStatus before = broker();
    ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> broker().pid() != before.pid() && broker().state() == State.UP);
  }

  private static ProcessStatus broker() {
    return requireNonNull(own).supervisor().status().stream()
        .filter(status -> status.name().equals("kafka"))
        .findFirst()
        .orElseThrow();
  }
}
