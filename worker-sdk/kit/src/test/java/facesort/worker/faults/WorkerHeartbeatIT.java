package facesort.worker.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running worker says of itself. */
@ExtendWith(LocalStackExtension.class)
class WorkerHeartbeatIT {
  private static final int LANES = 2;

  @Test
  void runningWorker_saysWhatItDoesAndThatItEnds(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      WorkerProcess worker = scene.working(scene.command());
      scene.tasks().send(1, "slow-5000");
      scene.awaitStarts(1);

      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> beats(scene).stream().anyMatch(beat -> !beat.getInFlight().isEmpty()));
      worker.term();

      List<WorkerHeartbeat> beats = beats(scene);
      WorkerHeartbeat busy =
          beats.stream().filter(beat -> !beat.getInFlight().isEmpty()).findFirst().orElseThrow();
      assertThat(busy.getState()).isEqualTo(WorkerState.READY);
      assertThat(busy.getPartitions()).hasSize(LANES * scene.topics().in().partitions());
      assertThat(busy.getInFlight())
          .singleElement()
          .satisfies(task -> {
            assertThat(task.getTaskId()).isEqualTo(scene.tasks().sent().getFirst().key());
            assertThat(task.getJobId()).isEqualTo(scene.tasks().job());
            assertThat(task.getSince())
                .isBetween(
                    Instant.ofEpochMilli(scene.starts().getFirst().millis()).minusSeconds(2),
                    busy.getOccurredAt());
          });
      assertThat(beats.stream().map(WorkerHeartbeat::getState).distinct())
          .containsExactly(
              WorkerState.STARTING, WorkerState.READY, WorkerState.DRAINING, WorkerState.STOPPED);
      assertThat(beats.getLast().getProcessed()).isEqualTo(1);
      assertThat(beats.getLast().getInFlight()).isEmpty();
    }
  }

  private static List<WorkerHeartbeat> beats(Scene scene) {
    return TopicLog.committed(scene.topics().clients(), Topics.WORKER_HEARTBEAT.name()).stream()
        .map(record -> scene.topics().events().read(Topics.WORKER_HEARTBEAT, record))
        .filter(beat -> beat.getService().equals(scene.topics().service()))
        .sorted(Comparator.comparing(WorkerHeartbeat::getOccurredAt))
        .toList();
  }
}
