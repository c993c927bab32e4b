package facesort.ops.audit;

import static facesort.ops.audit.Records.JOB;
import static facesort.ops.audit.Records.done;
import static facesort.ops.audit.Records.match;
import static facesort.ops.audit.Records.status;
import static facesort.ops.audit.Records.task;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.api.Audit;
import facesort.ops.api.Audit.Finding;
import facesort.ops.audit.Evidence.Place;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.PhotoCounts;
import facesort.schemas.RunEnd;
import facesort.schemas.TopicOffset;
import facesort.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecountTest {
  private static final String MATCHES = Topics.MATCH_RESULT.name();
  private static final Replacements NONE = Replacements.of(List.of());
  private static final Replacements COPY = Replacements.of(List.of(MATCHES + "=copy"));

  private final Recount recount = new Recount(Optional.empty());
  private final Kept kept = new Kept();
  private long offset;

  @Test
  void completedJob_isCleanWhenEachPhotoIsSettledInAnyWay() {
    //                                 sub, matched, no_match, no_face, dup, failed, canc, flight
    completed(new PhotoCounts(5, 1, 0, 1, 1, 2, 0, 0));
    queue("p1", null);
    queue("p2", null);
    queue("p3", FailureCode.DUPLICATE);
    queue("p4", FailureCode.EMPTY_FILE);
    queue("p5", null);
    matched("p1", 0, "ann");
    matched("p2", 0);
    letter("p5", FailureCode.CORRUPT_IMAGE);
    recount.delivery(done(JOB, "p1", "ann"));

    assertThat(audit(NONE)).isEqualTo(new Audit(1, 5, 0, 0, 0, List.of()));
  }

  @Test
  void photoWithoutAResult_isNamed() {
    completed(new PhotoCounts(2, 0, 0, 2, 0, 0, 0, 0));
    queue("p1", null);
    queue("p2", null);
    matched("p1", 0);

    for (Replacements replacements : List.of(NONE, COPY)) {
      Audit audit = audit(replacements);
      assertThat(audit.unaccounted()).isEqualTo(1);
      assertThat(audit.findings()).extracting(Finding::photoId).containsExactly("p2");
      assertThat(audit.isClean()).isFalse();
    }
  }

  @Test
  void photoOfARunningJob_mayBeUnderWay() {
    recount.status(JOB, status(JOB, JobState.RUNNING, 0, new PhotoCounts(1, 0, 0, 0, 0, 0, 0, 1)));
    queue("p1", null);

    assertThat(audit(NONE)).isEqualTo(new Audit(1, 1, 0, 0, 0, List.of()));
  }

  @Test
  void taskNewerThanTheStatus_isNotJudged() {
    completed(new PhotoCounts(1, 0, 0, 1, 0, 0, 0, 0));
    queue("p1", null);
    matched("p1", 0);
    recount.task(task(JOB, "p1", 1, null), place("task.queued"), 0);
    recount.task(task(JOB, "p2", 0, null), place("task.queued"), 5_000);

    assertThat(audit(NONE).isClean()).isTrue();
  }

  @Test
  void cancelledPhotos_areSettledByTheEndOfTheirRun() {
    recount.status(
        JOB,
        status(
            JOB,
            JobState.CANCELLED,
            0,
            new PhotoCounts(3, 0, 0, 1, 0, 0, 2, 0),
            end(0, JobState.CANCELLED, 1)));
    queue("p1", null);
    queue("p2", null);
    queue("p3", null);
    recount.match(match(JOB, "p1", 0), new Place(MATCHES, 0, 0), 0);
    // Came after the cancel: it changes nothing.
    recount.match(match(JOB, "p2", 0), new Place(MATCHES, 0, 1), 0);

    assertThat(audit(NONE)).isEqualTo(new Audit(1, 3, 0, 0, 0, List.of()));
  }

  @Test
  void resumedPhoto_needsAResultOfItsLaterRun() {
    recount.status(
        JOB,
        status(
            JOB,
            JobState.MATCHED,
            1,
            new PhotoCounts(2, 0, 0, 2, 0, 0, 0, 0),
            end(0, JobState.CANCELLED, 1)));
    queue("p1", null);
    queue("p2", null);
    recount.match(match(JOB, "p1", 0), new Place(MATCHES, 0, 0), 0);
    recount.match(match(JOB, "p2", 0), new Place(MATCHES, 0, 1), 0);
    recount.task(task(JOB, "p2", 1, null), place("task.queued"), 0);
    assertThat(audit(NONE).findings()).extracting(Finding::photoId).containsExactly("p2");

    recount.match(match(JOB, "p2", 1), new Place(MATCHES, 0, 2), 0);
    assertThat(audit(NONE).isClean()).isTrue();
  }

  @Test
  void recordLostFromACopy_isNamedAlsoInAJobThatWasCancelledAndResumed() {
    recount.status(
        JOB,
        status(
            JOB,
            JobState.MATCHED,
            1,
            new PhotoCounts(2, 0, 0, 2, 0, 0, 0, 0),
            end(0, JobState.CANCELLED, 9)));
    queue("p1", null);
    queue("p2", null);
    // p1 was compared in run 0; its record is not in the copy.
    recount.task(task(JOB, "p2", 1, null), place("task.queued"), 0);
    recount.match(match(JOB, "p2", 1), new Place(MATCHES, 0, -1), 0);

    Audit audit = audit(COPY);

    assertThat(audit.unaccounted()).isEqualTo(1);
    assertThat(audit.findings()).extracting(Finding::photoId).containsExactly("p1");
  }

  @Test
  void resultThatMayBeTooOldToBeKept_isExpired_notMissing() {
    completed(new PhotoCounts(1, 0, 0, 1, 0, 0, 0, 0));
    queue("p1", null);

    kept.put(MATCHES, partitions(8, new Kept.Partition(100, 500L)));
    assertThat(audit(NONE).expired()).isEqualTo(1);
    assertThat(audit(NONE).isClean()).isTrue();

    // The topic lost records, but only such as are older than the task.
    kept.put(MATCHES, partitions(8, new Kept.Partition(100, -1L)));
    assertThat(audit(NONE).expired()).isZero();
    assertThat(audit(NONE).unaccounted()).isEqualTo(1);
  }

  @Test
  void photosWithoutATask_areMissingUnlessTasksExpired() {
    completed(new PhotoCounts(2, 0, 0, 2, 0, 0, 0, 0));
    queue("p1", null);
    matched("p1", 0);
    assertThat(audit(NONE).unaccounted()).isEqualTo(1);

    kept.put("task.queued", partitions(8, new Kept.Partition(1, 0L)));
    assertThat(audit(NONE)).isEqualTo(new Audit(1, 2, 0, 1, 0, List.of()));
  }

  @Test
  void taskAfterTheClose_isNoPhotoOfTheJob() {
    completed(new PhotoCounts(1, 0, 0, 1, 0, 0, 0, 0));
    queue("p1", null);
    matched("p1", 0);
    queue("p9", null);
    letter("p9", FailureCode.JOB_CLOSED);

    assertThat(audit(NONE)).isEqualTo(new Audit(1, 1, 0, 0, 0, List.of()));
  }

  @Test
  void countsThatDiffer_areAFinding() {
    completed(new PhotoCounts(1, 0, 1, 0, 0, 0, 0, 0));
    queue("p1", null);
    matched("p1", 0);

    assertThat(audit(NONE).findings())
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "job.status counts 1 photos as no_match, the topics 0",
            "job.status counts 0 photos as no_face, the topics 1");
  }

  @Test
  void pairThatWasNeverClosed_isNamed() {
    completed(new PhotoCounts(1, 1, 0, 0, 0, 0, 0, 0));
    queue("p1", null);
    matched("p1", 0, "ann", "ben");
    recount.delivery(done(JOB, "p1", "ann"));

    assertThat(audit(NONE).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.what()).contains("friend ben"));
  }

  @Test
  void deadLettersThatNameNoJob_areCounted() {
    recount.deadLetter(null, null, "UNDECODABLE", 0, place("task.queued-dlt"));

    assertThat(audit(NONE).unattributed()).isEqualTo(1);
  }

  @Test
  void jobsOtherThanTheNamed_areLeftOut() {
    Recount one = new Recount(Optional.of("other"));
    one.status(JOB, status(JOB, JobState.COMPLETED, 0, new PhotoCounts(1, 0, 0, 1, 0, 0, 0, 0)));
    one.task(task(JOB, "p1", 0, null), place("task.queued"), 0);

    assertThat(one.audit(kept, NONE)).isEqualTo(new Audit(0, 0, 0, 0, 0, List.of()));
  }

  private void completed(PhotoCounts counts) {
    recount.status(
        JOB, status(JOB, JobState.COMPLETED, 0, counts, end(0, JobState.COMPLETED, 1_000)));
  }

  private static RunEnd end(int run, JobState state, long upto) {
    return new RunEnd(
        run,
        state,
        List.of(new TopicOffset(MATCHES, 0, upto), new TopicOffset("task.queued-dlt", 0, upto)));
  }

  private void queue(String photo, @Nullable FailureCode settled) {
    recount.task(task(JOB, photo, 0, settled), place("task.queued"), 0);
  }

  private void matched(String photo, int run, String... friends) {
    recount.match(match(JOB, photo, run, friends), place(MATCHES), 0);
  }

  private void letter(String photo, FailureCode code) {
    recount.deadLetter(JOB, photo, code.name(), 0, place("task.queued-dlt"));
  }

  private Place place(String topic) {
    return new Place(topic, 0, offset++);
  }

  private static List<Kept.Partition> partitions(int count, Kept.Partition partition) {
    return IntStream.range(0, count).mapToObj(_ -> partition).toList();
  }

  private Audit audit(Replacements replacements) {
    return recount.audit(kept, replacements);
  }
}
