package facesort.bench.projector;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.JavaCommand;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.PhotoCounts;
import facesort.schemas.Topics;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job of 10,000 photos on a real worker, cancelled in the middle and resumed. */
@ExtendWith(FaultTable.class)
class CancelledJobFault {
  private static final int TASKS = 10_000;
  private static final int HEAP_MEBIBYTES = 256;

  /** From the command to the status, and to the last start of work. */
  private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(2);

  private final Corpus corpus = new Corpus("cancelled", TASKS, 1);
  private final String job = corpus.job(0);

  @Test
  @Fault(id = "I8", injection = "a job of 10,000 photos, cancelled in the middle and resumed")
  void cancelledJob_startsNothingMore_andIsResumedWithoutDoingAnythingAgain() {
    try (Scene scene = new Scene(HEAP_MEBIBYTES);
        WorkerProcess worker = worker(scene)) {
      ProjectorProcess projector = scene.start(scene.database("live")).awaitReady();
      scene.writer.begin(corpus);
      scene.await(() -> settled(scene) >= TASKS / 3, worker::tail);

      Instant cancel = Instant.now();
      var _ = scene.writer.command(job, JobCommand.CANCEL);
      scene.await(() -> state(scene) == JobState.CANCELLED, () -> "it is not cancelled");
      Duration took = Duration.between(cancel, Instant.now());
      JobStatus cancelled = scene.statuses.of(job).orElseThrow();
      scene.await(() -> isDrained(scene), () -> "the worker does not pass what was cancelled");
      scene.awaitFolded(projector);
      assertFinal(scene, cancelled, cancel);

      var _ = scene.writer.command(job, JobCommand.RESUME);
      scene.await(() -> state(scene) == JobState.CLEANING, () -> "it is not resumed to its end");
      scene.writer.cleaned(corpus);
      scene.await(() -> state(scene) == JobState.COMPLETED, () -> "it does not end");

      assertThat(took).isLessThan(CANCELLED_WITHIN);
      assertNothingAgain(scene, cancelled);
      scene.assertNothingTwice();
      FaultTable.result(
          "held, CANCELLED after %d ms, %,d of %,d photos done before and %,d in run 1"
              .formatted(
                  took.toMillis(),
                  cancelled.getPhotos().getNoFace(),
                  TASKS,
                  cancelled.getPhotos().getCancelled()));
    }
  }

  /** What was cancelled stays so, whatever comes late. */
  private void assertFinal(Scene scene, JobStatus cancelled, Instant cancel) {
    PhotoCounts counts = cancelled.getPhotos();
    assertThat(counts.getInFlight()).isZero();
    assertThat(counts.getCancelled()).isPositive();
    assertThat(counts.getNoFace() + counts.getDuplicate() + counts.getCancelled()).isEqualTo(TASKS);
    JobStatus now = scene.statuses.of(job).orElseThrow();
    assertThat(now.getState()).isEqualTo(JobState.CANCELLED);
    assertThat(now.getPhotos()).isEqualTo(counts);
    Instant latest = cancel.plus(CANCELLED_WITHIN);
    assertThat(results(scene, 0))
        .allSatisfy(result -> assertThat(result.getOccurredAt()).isBefore(latest));
  }

  /** Run 1 did what was cancelled, each photo once, and nothing else. */
  private void assertNothingAgain(Scene scene, JobStatus cancelled) {
    List<MatchResult> again = results(scene, 1);
    Set<String> photos = new HashSet<>();
    again.forEach(result -> assertThat(photos.add(result.getPhotoId())).isTrue());
    assertThat(photos).hasSize(cancelled.getPhotos().getCancelled());
    Set<String> finished =
        results(scene, 0).stream().map(MatchResult::getPhotoId).collect(Collectors.toSet());
    // What was under way when the command came ended late and did not count; all else is not there.
    Set<String> redone = new HashSet<>(photos);
    redone.retainAll(finished);
    assertThat(redone).hasSize(finished.size() - cancelled.getPhotos().getNoFace());
    PhotoCounts end = scene.statuses.of(job).orElseThrow().getPhotos();
    assertThat(end.getNoFace() + end.getDuplicate()).isEqualTo(TASKS);
    assertThat(end.getCancelled() + end.getFailed() + end.getInFlight()).isZero();
  }

  private static List<MatchResult> results(Scene scene, int run) {
    return scene.committed(Topics.MATCH_RESULT).filter(result -> result.getRun() == run).toList();
  }

  private static boolean isDrained(Scene scene) {
    String group = NoopInference.SERVICE + "-" + NoopInference.ROLE + "-main";
    try (Admin admin = scene.stack.clients().admin()) {
      Map<TopicPartition, OffsetAndMetadata> places = TopicLog.places(admin, group);
      return TopicLog.ends(admin, Topics.TASK_QUEUED.name()).entrySet().stream()
          .allMatch(end ->
              end.getValue() == 0
                  || (places.containsKey(end.getKey())
                      && places.get(end.getKey()).offset() >= end.getValue()));
    }
  }

  private static WorkerProcess worker(Scene scene) {
    Map<String, String> variables = new HashMap<>(scene.stack.environment("noop"));
    variables.put("FACESORT_SLOT", "0");
    // Another service's settings lie on this class path, and a worker refuses what it does not
    // know.
    variables.put("SPRING_CONFIG_LOCATION", "optional:file:" + scene.stack.folder() + "/");
    // So do the settings of a command's log, which is silent.
    variables.put("LOGGING_LEVEL_ROOT", "WARN");
    variables.put("LOGGING_LEVEL_FACESORT", "INFO");
    List<String> command =
        JavaCommand.withHeap(HEAP_MEBIBYTES)
            .flags("--enable-native-access=ALL-UNNAMED")
            .main(
                System.getProperty("java.class.path"),
                NoopInference.class.getName(),
                "--role",
                NoopInference.ROLE);
    return WorkerProcess.start("noop", scene.stack.folder(), command, variables);
  }

  private int settled(Scene scene) {
    return scene.statuses.of(job).map(status -> status.getPhotos().getNoFace()).orElse(0);
  }

  private JobState state(Scene scene) {
    return scene.statuses.of(job).map(JobStatus::getState).orElse(JobState.UNKNOWN);
  }
}
