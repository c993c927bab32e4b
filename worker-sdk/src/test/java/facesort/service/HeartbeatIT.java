package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.InFlightTask;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(LocalStackExtension.class)
class HeartbeatIT {

  private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");

  private final List<WorkerHeartbeat> beats = new CopyOnWriteArrayList<>();
  private StackClients clients;
  private TopicFollower<WorkerHeartbeat> follower;
  private WorkerIdentity who;
  private Heartbeat heartbeat;

  @BeforeEach
  void follow(StackAddresses stack, @TempDir Path folder, TestInfo test) throws Exception {
    clients = StackClients.on(stack, folder);
    who = new WorkerIdentity(test.getDisplayName().replaceAll("\\W", ""), "", 3, "1.0", "cpu");
    heartbeat = new Heartbeat(who, clients.events(), clients.kafka(), Clock.systemUTC());
    follower =
        TopicFollower.start(
            Topics.WORKER_HEARTBEAT, clients.kafka(), clients.events(), this::receive);
  }

  @AfterEach
  void close() {
    if (heartbeat.isRunning()) {
      heartbeat.stop();
    }
    follower.close();
    clients.close();
  }

  @Test
  void beat_saysWhatTheInstanceWorksOn_andHowFast() {
    heartbeat.starting();
    heartbeat.watch(activity(List.of("task.queued-1"), tasks("bulk", 120)));
    heartbeat.watch(activity(List.of("task.queued.interactive-0"), List.of(task("first", -1))));
    heartbeat.start();
    await(WorkerState.STARTING);

    heartbeat.processed(4);
    heartbeat.failed(2);
    heartbeat.ready();
    await(WorkerState.READY);

    var beat = beats.getLast();
    assertThat(beat.getPartitions()).containsExactly("task.queued-1", "task.queued.interactive-0");
    assertThat(beat.getInFlight()).hasSize(100);
    assertThat(beat.getInFlight().getFirst()).isEqualTo(task("first", -1));
    assertThat(beat.getInFlight().getLast()).isEqualTo(task("bulk98", 98));
    assertThat(beat.getProcessed()).isEqualTo(4);
    assertThat(beat.getFailed()).isEqualTo(2);
    assertThat(beat.getPerMinute()).isEqualTo(6);
  }

  @Test
  void cleanStop_saysDrainingWhileWorkersFinish_andStoppedAtTheEnd() {
    var context = new GenericApplicationContext();
    context.registerBean(Heartbeat.class, () -> heartbeat);
    context.registerBean(SmartLifecycle.class, this::slowWorker);
    context.refresh();
    await(WorkerState.READY);

    context.close();

    await(WorkerState.STOPPED);
    assertThat(beats.stream().map(WorkerHeartbeat::getState).distinct())
        .containsExactly(WorkerState.READY, WorkerState.DRAINING, WorkerState.STOPPED);
    // Also when nothing changed it went on beating while the worker was busy.
    assertThat(beats.stream().filter(b -> b.getState() == WorkerState.DRAINING))
        .hasSizeGreaterThan(1);
  }

  @Test
  void beat_survivesAnActivityThatFails() {
    heartbeat.watch(
        new Heartbeat.Activity() {
          private int calls;

          @Override
          public List<String> partitions() {
            if (calls++ == 0) {
              throw new IllegalStateException("not now");
            }
            return List.of("task.queued-7");
          }

          @Override
          public List<InFlightTask> inFlight() {
            return List.of();
          }
        });
    heartbeat.start();

    await(WorkerState.READY);
    assertThat(beats.getFirst().getPartitions()).containsExactly("task.queued-7");
  }

  /** Stops only after two beats said that it drains. */
  private SmartLifecycle slowWorker() {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        running = true;
      }

      @Override
      public void stop() {
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() ->
                beats.stream().filter(b -> b.getState() == WorkerState.DRAINING).count() >= 2);
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }

  private void await(WorkerState state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> beats.stream().anyMatch(beat -> beat.getState() == state));
  }

  private void receive(Followed<WorkerHeartbeat> record) {
    if (record.key().equals(who.workerId()) && record.value() != null) {
      beats.add(record.value());
    }
  }

  private static Heartbeat.Activity activity(List<String> partitions, List<InFlightTask> tasks) {
    return new Heartbeat.Activity() {
      @Override
      public List<String> partitions() {
        return partitions;
      }

      @Override
      public List<InFlightTask> inFlight() {
        return tasks;
      }
    };
  }

  private static List<InFlightTask> tasks(String name, int number) {
    return IntStream.range(0, number).mapToObj(age -> task(name + age, age)).toList().reversed();
  }

  private static InFlightTask task(String id, int second) {
    return new InFlightTask(id, "job", BEGUN.plusSeconds(second));
  }
}
