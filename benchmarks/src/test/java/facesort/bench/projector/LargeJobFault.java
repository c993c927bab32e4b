package facesort.bench.projector;

import static facesort.bench.projector.CorpusWriter.photos;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.bench.projector.Corpus.Fate;
import facesort.bench.projector.Corpus.Photo;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PhotoCounts;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.TopicLog;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One job of 100,000 photos in a small heap, cancelled in the middle and resumed. */
@ExtendWith(FaultTable.class)
class LargeJobFault {
  private static final int HEAP_MEBIBYTES = 160;

  /** Heap, code, threads, and at most 32 MiB of the stores and as much of the network. */
  private static final int MOST_MEBIBYTES = 600;

  private static final int TASKS = 100_000;
  private static final int DONE = 50_000;
  private static final int LATE = 10_000;
  private static final double CANCELLED_WITHIN = 2;

  private final Corpus corpus = new Corpus("large", TASKS, 1);
  private final String job = corpus.job(0);

  @Test
  @Fault(id = "F49", injection = "a job of 100,000 photos, cancelled in the middle and resumed")
  void largeJob_cancelledAndResumed_takesBoundedMemoryAndRedoesNothing() {
    try (Scene scene = new Scene(HEAP_MEBIBYTES)) {
      ReadModelDatabase database = scene.database("live");
      ProjectorProcess projector = scene.start(database).awaitReady();
      scene.writer.begin(corpus);
      scene.writer.results(() -> photos(corpus, 0, DONE));
      scene.awaitFolded(projector);
      scene.await(() -> isHalfDone(scene), () -> text(scene));

      double seconds = cancel(scene);
      JobStatus cancelled = scene.statuses.of(job).orElseThrow();
      scene.writer.results(() -> photos(corpus, DONE, DONE + LATE));
      scene.awaitFolded(projector);
      assertCancelled(scene, cancelled);

      List<ConsumerRecord<byte[], byte[]>> again = resume(scene, cancelled);
      try (CorpusWriter second = new CorpusWriter(scene.stack.clients(), scene.events, 1)) {
        again.forEach(record -> fail(scene, second, record));
        second.results(this::open);
        second.cleaned(corpus);
      }
      scene.awaitEnd(corpus);
      scene.await(() -> isShownAsEnded(projector), () -> projector.process().tail());

      scene.assertNothingTwice();
      double peak = Memory.peakMebibytes(projector.process().pid());
      assertThat(peak).isLessThan(MOST_MEBIBYTES);
      FaultTable.result(
          "held, CANCELLED after %.2f s, %d photos queued again, at most %.0f MiB resident with a heap of %d"
              .formatted(seconds, again.size(), peak, HEAP_MEBIBYTES));
    }
  }

  /** The projector is not behind: all that was written so far is in the status. */
  private boolean isHalfDone(Scene scene) {
    int sent = photos(corpus, 0, DONE).mapToInt(photo -> photo.friends().size()).sum();
    return scene
        .statuses
        .of(job)
        .filter(status -> status.getPhotos().getSubmitted() == TASKS)
        .filter(status -> status.getPhotos().getInFlight() == open().count())
        .filter(status -> status.getDeliveries().getSent() == sent)
        .isPresent();
  }

  /** Seconds from the command to the status. */
  private double cancel(Scene scene) {
    long start = System.nanoTime();
    var _ = scene.writer.command(job, JobCommand.CANCEL);
    scene.await(() -> state(scene) == JobState.CANCELLED, () -> text(scene));
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(seconds).isLessThan(CANCELLED_WITHIN);
    return seconds;
  }

  /** Everything is counted, and late results have changed nothing. */
  private void assertCancelled(Scene scene, JobStatus cancelled) {
    PhotoCounts counts = cancelled.getPhotos();
    assertThat(counts.getInFlight()).isZero();
    assertThat(counts.getCancelled()).isEqualTo((int) open().count());
    assertThat(
            counts.getMatched()
                + counts.getNoMatch()
                + counts.getNoFace()
                + counts.getDuplicate()
                + counts.getFailed()
                + counts.getCancelled())
        .isEqualTo(TASKS);
    JobStatus now = scene.statuses.of(job).orElseThrow();
    assertThat(now.getState()).isEqualTo(JobState.CANCELLED);
    assertThat(now.getPhotos()).isEqualTo(counts);
    assertThat(queuedAgain(scene)).isEmpty();
  }

  /** The tasks that were queued again: those of photos that had no outcome, each once. */
  private List<ConsumerRecord<byte[], byte[]>> resume(Scene scene, JobStatus cancelled) {
    var _ = scene.writer.command(job, JobCommand.RESUME);
    int wanted = cancelled.getPhotos().getCancelled() + cancelled.getPhotos().getFailed();
    scene.await(
        () -> state(scene) == JobState.RUNNING && counts(scene).getInFlight() == wanted,
        () -> text(scene));
    scene.await(() -> queuedAgain(scene).size() >= wanted, () -> text(scene));
    List<ConsumerRecord<byte[], byte[]>> again = queuedAgain(scene);
    List<TaskQueued> tasks = again.stream().map(record -> task(scene, record)).toList();
    assertThat(tasks)
        .extracting(TaskQueued::getPhotoId)
        .containsExactlyInAnyOrderElementsOf(
            photos(corpus, 0, TASKS)
                .filter(photo -> photo.fate() == Fate.FAILED || isOpen(photo))
                .map(Photo::id)
                .toList());
    assertThat(tasks).extracting(TaskQueued::getEventId).doesNotHaveDuplicates();
    return again;
  }

  /** What could not be read cannot be read again. */
  private void fail(Scene scene, CorpusWriter writer, ConsumerRecord<byte[], byte[]> record) {
    Photo photo = new Photo(job, task(scene, record).getPosition());
    if (photo.fate() == Fate.FAILED) {
      writer.fails(
          photo,
          new RecordMetadata(
              new TopicPartition(record.topic(), record.partition()),
              record.offset(),
              0,
              record.timestamp(),
              0,
              0));
    }
  }

  private static TaskQueued task(Scene scene, ConsumerRecord<byte[], byte[]> record) {
    return scene.events.read(Topics.TASK_QUEUED, record);
  }

  private boolean isShownAsEnded(ProjectorProcess projector) {
    JsonNode shown = projector.get("/v1/jobs/" + job);
    return shown.path("state").asString().equals("COMPLETED") && shown.path("run").intValue() == 1;
  }

  /** Photos without an outcome when the job was cancelled. */
  private Stream<Photo> open() {
    return photos(corpus, DONE, TASKS).filter(LargeJobFault::isOpen);
  }

  /** Duplicates and photos that cannot be read had their outcome at once. */
  private static boolean isOpen(Photo photo) {
    return photo.position() >= DONE
        && photo.fate() != Fate.DUPLICATE
        && photo.fate() != Fate.FAILED;
  }

  private static List<ConsumerRecord<byte[], byte[]>> queuedAgain(Scene scene) {
    return TopicLog.committed(scene.stack.clients(), Topics.TASK_QUEUED.name()).stream()
        .filter(record -> task(scene, record).getRun() > 0)
        .toList();
  }

  private JobState state(Scene scene) {
    return scene.statuses.of(job).map(JobStatus::getState).orElse(JobState.UNKNOWN);
  }

  private PhotoCounts counts(Scene scene) {
    return scene
        .statuses
        .of(job)
        .map(JobStatus::getPhotos)
        .orElseGet(() -> new PhotoCounts(0, 0, 0, 0, 0, 0, 0, 0));
  }

  private String text(Scene scene) {
    return scene.statuses.of(job).map(JobStatus::toString).orElse("no status");
  }
}
