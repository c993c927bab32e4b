package facesort.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // Opened before each test.
class SupervisorIT {
  private static final RestartPolicy QUICKLY =
      new RestartPolicy(Duration.ofMillis(10), Duration.ofMillis(50));

  @TempDir Path data;

  private final Queue<ProcessEvent> events = new ConcurrentLinkedQueue<>();
  private Supervisor supervisor;

  @BeforeEach
  void open() {
    supervisor = Supervisor.open(data, events::add);
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void start_returnsWhenTheReadyLineIsThere() throws IOException {
    supervisor.stage().start(shell("one", "echo warming; echo ready; exec sleep 600"));

    assertThat(supervisor.status())
        .extracting(ProcessStatus::state)
        .containsExactly(ProcessStatus.State.UP);
    assertThat(Files.readString(data.resolve("logs/one.log"))).isEqualTo("warming\nready\n");
    assertThat(data.resolve("run/one.pid")).exists();
  }

  @Test
  void crash_isReportedAndTheSlotFilledAgain() {
    supervisor.stage().start(shell("one", "echo ready; exec sleep 600").withRestart(QUICKLY));
    long first = supervisor.status().getFirst().pid();

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    await().until(() -> supervisor.status().getFirst().restarts() == 1);
    await().until(() -> supervisor.status().getFirst().state() == ProcessStatus.State.UP);
    assertThat(supervisor.status().getFirst().pid()).isNotEqualTo(first);
    assertThat(events)
        .anySatisfy(event ->
            assertThat(event)
                .isEqualTo(new ProcessEvent.Restarting("one", 137, 1, Duration.ofMillis(10))));
  }

  @Test
  void crash_isRepairedWhenTheListenerFails() {
    supervisor.close();
    supervisor =
        Supervisor.open(
            data,
            event -> {
              events.add(event);
              throw new IllegalStateException("disk full");
            });
    supervisor.stage().start(shell("one", "echo ready; exec sleep 600").withRestart(QUICKLY));

    ProcessHandle.of(supervisor.status().getFirst().pid()).orElseThrow().destroyForcibly();

    await().until(() -> supervisor.status().getFirst().restarts() == 1);
    await().until(() -> supervisor.status().getFirst().state() == ProcessStatus.State.UP);
    assertThat(events).contains(new ProcessEvent.Restarting("one", 137, 1, Duration.ofMillis(10)));
  }

  @Test
  void open_stopsAnOrphanWhenTheListenerFails() throws IOException {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    leavePidFile(ProcessIdentity.of(orphan.pid()).orElseThrow());

    supervisor.close();
    supervisor =
        Supervisor.open(
            data,
            _ -> {
              throw new IllegalStateException("disk full");
            });

    assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(data.resolve("run/old.pid")).doesNotExist();
  }

  @Test
  void exitCode75_leavesTheSlotEmpty() {
    supervisor.stage().start(shell("one", "echo ready; sleep 0.2; exit 75").withRestart(QUICKLY));

    await().until(() -> events.contains(new ProcessEvent.Ended("one", 75)));
    assertThat(supervisor.status().getFirst().restarts()).isZero();
  }

  @Test
  void start_ofWhatEndsAtOnce_throwsOneLineAndTheLogsTail() {
    Stage stage = supervisor.stage();

    assertThatThrownBy(() -> stage.start(shell("one", "echo no such disk; exit 3")))
        .isInstanceOf(ProcessException.class)
        .hasMessageStartingWith("one ended with code 3 before it was ready; its log")
        .hasMessageEndingWith("ends:\n  | no such disk");
  }

  @Test
  void start_ofWhatNeverBecomesReady_throwsAndLeavesNothing() {
    Stage stage = supervisor.stage();
    ProcessSpec slow =
        shell("one", "echo still warming; exec sleep 600").withReadyTimeout(Duration.ofSeconds(1));

    assertThatThrownBy(() -> stage.start(slow))
        .hasMessageContaining("one was not ready within 1 s")
        .hasMessageContaining("still warming");
    assertThat(isAlive(supervisor.status().getFirst().pid())).isFalse();
  }

  @Test
  void startAll_reportsTheOneThatFails() {
    Stage stage = supervisor.stage();

    assertThatThrownBy(() ->
            stage.startAll(
                List.of(shell("good", "echo ready; exec sleep 600"), shell("bad", "exit 1"))))
        .hasMessageContaining("bad ended with code 1");
  }

  @Test
  void close_stopsLaterStagesFirst() throws IOException {
    supervisor.stage().start(writesAtItsEnd("database"));
    supervisor.stage().start(writesAtItsEnd("service"));

    supervisor.close();

    assertThat(Files.readAllLines(data.resolve("ends"))).containsExactly("service", "database");
  }

  @Test
  void close_killsWhatIgnoresTheSignal() {
    supervisor
        .stage()
        .start(
            shell("deaf", "trap '' TERM; echo ready; while :; do sleep 0.1; done")
                .withStop(StopSignal.TERM, Duration.ofMillis(300)));
    long pid = supervisor.status().getFirst().pid();

    supervisor.close();

    assertThat(isAlive(pid)).isFalse();
  }

  @Test
  void open_refusesAFolderInUse() {
    assertThatThrownBy(() -> Supervisor.open(data, events::add))
        .isInstanceOf(ProcessException.class)
        .hasMessageContaining("already running: process " + ProcessHandle.current().pid());
  }

  @Test
  void holder_isKnownWhileItWorks() {
    assertThat(Supervisor.holder(data)).hasValue(ProcessHandle.current().pid());

    supervisor.close();

    assertThat(Supervisor.holder(data)).isEmpty();
  }

  @Test
  void open_stopsWhatAnEarlierRunLeft() throws IOException {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    ProcessIdentity identity = ProcessIdentity.of(orphan.pid()).orElseThrow();
    leavePidFile(identity);

    reopen();

    assertThat(orphan.onExit()).succeedsWithin(Duration.ofSeconds(10));
    assertThat(events).contains(new ProcessEvent.OrphanStopped("old", orphan.pid()));
  }

  @Test
  void open_leavesAProcessAloneThatOnlyHasTheSameNumber() throws IOException {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    ProcessIdentity identity = ProcessIdentity.of(stranger.pid()).orElseThrow();
    leavePidFile(new ProcessIdentity(identity.pid(), identity.startTicks() - 1, identity.boot()));

    reopen();

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  private void reopen() {
    supervisor.close();
    open();
  }

  private void leavePidFile(ProcessIdentity identity) throws IOException {
    Path run = Files.createDirectories(data.resolve("run"));
    PidFile.of(run, "old").write(identity, StopSignal.TERM);
  }

  private ProcessSpec writesAtItsEnd(String name) {
    return shell(
        name,
        "trap 'echo %s >> %s/ends; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
            .formatted(name, data));
  }

  private ProcessSpec shell(String name, String script) {
    return ProcessSpec.of(
        name, List.of("sh", "-c", script), data, ReadyCheck.logLine("^ready|\nready"));
  }

  private static boolean isAlive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }
}
