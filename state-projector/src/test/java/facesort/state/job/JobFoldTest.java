package facesort.state.job;

import static facesort.state.job.JobEvents.list;
import static facesort.state.job.JobEvents.sure;
import static facesort.state.job.JobEvents.unsure;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFoldTest {

  private final JobEvents job = JobEvents.of("j");

  @Test
  void job_goesThroughEveryState_whenAPhotoIsDeliveredAndCleaned() {
    var jobs =
        Jobs.after(
            list(
                job.submit(1),
                job.task("p"),
                job.faces("p", 2),
                job.match("p", 2, sure("ann"), unsure("bob"), sure("cid")),
                job.delivery("p", "ann", 0, DeliveryState.SENT),
                job.delivery("p", "cid", 0, DeliveryState.REFUSED),
                job.cleaned()));

    assertThat(jobs.published())
        .containsExactly(
            JobState.QUEUED,
            JobState.RUNNING,
            JobState.MATCHED,
            JobState.DELIVERING,
            JobState.CLEANING,
            JobState.COMPLETED);
    assertThat(jobs.job("j").tally().pairs())
        .isEqualTo(
            java.util.Map.of(
                DeliveryState.SENT, 1, DeliveryState.REFUSED, 1, DeliveryState.HELD, 1));
  }

  @Test
  void cleanupThatFailed_isAskedForAgain_afterAWhile() {
    var jobs = Jobs.after(list(job.submit(1), job.task("p"), job.match("p", 3)));
    jobs.take(job.died("cleanup", null, FailureCode.STORAGE_ERROR));
    long soon = Jobs.NOW + JobFold.CLEAN_AGAIN.toMillis();

    jobs.tick("j", soon - 1);
    assertThat(jobs.effects()).doesNotContain(new Effect.AskCleanup(1));

    assertThat(JobFold.nextTick(jobs.job("j"))).contains(soon);
    jobs.tick("j", soon);
    assertThat(jobs.effects()).contains(new Effect.AskCleanup(1));
    jobs.take(job.cleaned());
    assertThat(jobs.published()).endsWith(JobState.COMPLETED);
  }

  @Test
  void matchUpto_isTheOffsetAfterTheLastResultOfEachPartition() {
    var match = job.match("p", 0);

    var jobs = Jobs.after(list(job.task("p"), match, job.submit(1)));

    var origin = match.head().origin();
    assertThat(jobs.job("j").runs().seen())
        .containsExactly(
            java.util.Map.entry("match.result-" + origin.partition(), origin.offset() + 1));
  }

  @Test
  void repeatedResult_atALaterOffset_countsOnce() {
    var jobs = Jobs.after(list(job.task("p"), job.match("p", 1, sure("ann"))));
    var before = jobs.job("j").tally();

    jobs.take(job.match("p", 1, sure("ann")));

    assertThat(jobs.job("j").tally()).isEqualTo(before);
  }

  @Test
  void jobWithoutPairs_goesFromMatchedToCleaning() {
    var jobs = Jobs.after(list(job.submit(1), job.task("p"), job.match("p", 3)));

    assertThat(jobs.published())
        .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.MATCHED, JobState.CLEANING);
    assertThat(jobs.effects()).contains(new Effect.AskCleanup(0));
  }

  @Test
  void jobWithHeldPairsOnly_isCleanedWithoutWaitingForTheOwner() {
    var jobs = Jobs.after(list(job.submit(1), job.task("p"), job.match("p", 3, unsure("ann"))));

    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
    assertThat(jobs.job("j").heldPairs()).isEqualTo(1);
  }

  @Test
  void dryRun_waitsForDeliveryToDropReviewPairsToo() {
    var jobs =
        Jobs.after(
            list(
                job.submit(1, ReleasePolicy.DRY_RUN),
                job.task("p"),
                job.match("p", 3, unsure("ann"))));
    var matched = jobs.job("j");

    jobs.take(job.delivery("p", "ann", 0, DeliveryState.DROPPED));

    assertThat(matched.state()).isEqualTo(JobState.MATCHED);
    assertThat(matched.openPairs()).isEqualTo(1);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
  }

  @Test
  void jobFails_whenEveryPhotoThatIsNoDuplicateFailed() {
    var jobs =
        Jobs.after(
            list(
                job.submit(3),
                job.task("a", FailureCode.EMPTY_FILE),
                job.task("b", FailureCode.DUPLICATE),
                job.task("c"),
                job.died("task.queued", "c", FailureCode.CORRUPT_IMAGE)));

    assertThat(jobs.job("j").state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job("j").finishedAt()).isEqualTo(Jobs.NOW);
  }

  @Test
  void jobCompletes_whenOnePhotoOfTwoFailed() {
    var jobs =
        Jobs.after(
            list(
                job.submit(2),
                job.task("a"),
                job.died("faces.detected", "a", FailureCode.INTERNAL),
                job.task("b"),
                job.match("b", 0),
                job.cleaned()));

    assertThat(jobs.job("j").state()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.job("j").tally().count(PhotoState.FAILED)).isEqualTo(1);
  }

  @Test
  void pairsOfAResultThatDeliveryCouldNotRead_areFailed() {
    var jobs =
        Jobs.after(
            list(
                job.submit(1),
                job.task("p"),
                job.match("p", 2, sure("ann"), sure("bob")),
                job.died("match.result", "p", FailureCode.UNDECODABLE)));

    assertThat(jobs.job("j").tally().count(DeliveryState.FAILED)).isEqualTo(2);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
  }

  @Test
  void openJob_isNotMatched_beforeSubmit() {
    var jobs = Jobs.after(list(job.task("p"), job.match("p", 0)));

    assertThat(jobs.job("j").state()).isEqualTo(JobState.RUNNING);
    assertThat(jobs.job("j").total()).isNull();
  }

  @Test
  void jobWithoutSubmit_isReleased_onceItsTasksAreAllThere() {
    var jobs = Jobs.after(list(job.taskOf("a", 2), job.match("a", 1, sure("ann"))));
    var open = jobs.job("j").release();

    jobs.take(job.taskOf("b", 2));

    assertThat(open).isEqualTo(ReleasePolicy.UNKNOWN);
    assertThat(jobs.job("j").release()).isEqualTo(ReleasePolicy.AUTO);
  }

  @Test
  void jobWithoutSubmit_isReleased_onceNothingCameForTenMinutes() {
    var jobs = Jobs.after(list(job.task("p"), job.match("p", 1, sure("ann"))));
    var open = jobs.job("j").release();

    jobs.tick("j", Jobs.NOW + JobFold.IDLE.toMillis());

    assertThat(open).isEqualTo(ReleasePolicy.UNKNOWN);
    assertThat(jobs.job("j").release()).isEqualTo(ReleasePolicy.AUTO);
  }

  @Test
  void submitBeforeTheLastTask_decidesTheRelease() {
    var jobs =
        Jobs.after(
            list(job.taskOf("a", 2), job.submit(2, ReleasePolicy.REVIEW), job.taskOf("b", 2)));

    assertThat(jobs.job("j").intake().closed()).isTrue();
    assertThat(jobs.job("j").release()).isEqualTo(ReleasePolicy.REVIEW);
  }

  @Test
  void openJob_isMatched_whenItsTasksNameTheTotal() {
    var jobs = Jobs.after(list(job.taskOf("a", 2), job.match("a", 0), job.taskOf("b", 2)));
    var waiting = jobs.job("j").state();

    jobs.take(job.match("b", 0));

    assertThat(waiting).isEqualTo(JobState.RUNNING);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
  }

  @Test
  void openJob_isClosed_whenNothingCameForTenMinutes() {
    var jobs = Jobs.after(list(job.task("p"), job.match("p", 0)));
    var due = JobFold.nextTick(jobs.job("j"));

    jobs.tick("j", Jobs.NOW + JobFold.IDLE.toMillis() - 1);
    var before = jobs.job("j").state();
    jobs.tick("j", Jobs.NOW + JobFold.IDLE.toMillis());

    assertThat(due).contains(Jobs.NOW + JobFold.IDLE.toMillis());
    assertThat(before).isEqualTo(JobState.RUNNING);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
    assertThat(jobs.job("j").total()).isEqualTo(1);
  }

  @Test
  void submittedJob_fails_whenItIsNotMatchedByItsDeadline() {
    var jobs = Jobs.after(list(job.submit(2), job.task("p")));
    var due = JobFold.nextTick(jobs.job("j"));

    jobs.tick("j", JobEvents.DEADLINE);

    assertThat(due).contains(JobEvents.DEADLINE);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job("j").failure()).isEqualTo(FailureCode.DEADLINE);
  }

  @Test
  void failedJob_keepsItsCounts_whenResultsComeLate() {
    var jobs = Jobs.after(list(job.submit(1), job.task("p")));
    jobs.tick("j", JobEvents.DEADLINE);
    var ended = jobs.job("j");

    jobs.take(job.match("p", 1, sure("ann")));

    assertThat(jobs.job("j")).isEqualTo(ended);
    assertThat(ended.tally().photos()).isEqualTo(java.util.Map.of(PhotoState.FAILED, 1));
  }

  @Test
  void jobWhoseSubmitWasRefused_fails() {
    var jobs = Jobs.after(list(job.died("job.control", null, FailureCode.INVALID_EVENT)));

    assertThat(jobs.job("j").state()).isEqualTo(JobState.FAILED);
    assertThat(jobs.job("j").failure()).isEqualTo(FailureCode.INVALID_EVENT);
  }

  @Test
  void taskAfterClosing_isRefusedAndNotCounted() {
    var jobs = Jobs.after(list(job.submit(1), job.task("a"), job.match("a", 0)));
    var before = jobs.job("j");
    var late = job.task("b");

    var folded = jobs.take(late);

    assertThat(folded.effects()).hasSize(1);
    assertThat(folded.effects().getFirst())
        .isInstanceOfSatisfying(
            Effect.Refuse.class,
            refuse -> assertThat(refuse.code()).isEqualTo(FailureCode.JOB_CLOSED));
    assertThat(jobs.job("j")).isEqualTo(before);
  }

  @Test
  void eventOfAnotherOwner_isRefusedAndChangesNothing() {
    var jobs = Jobs.after(list(job.submit(2), job.task("a")));
    var before = jobs.job("j");

    var folded = jobs.take(job.by("thief").match("a", 1, sure("ann")));

    assertThat(folded.effects())
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Refuse.class,
            refuse -> assertThat(refuse.code()).isEqualTo(FailureCode.OWNER_MISMATCH));
    assertThat(jobs.job("j")).isEqualTo(before);
  }

  @Test
  void deadLetterOfAnotherOwner_makesNoSecondDeadLetter() {
    var jobs = Jobs.after(list(job.submit(1), job.task("a")));

    var folded = jobs.take(job.by("thief").died("task.queued", "a", FailureCode.CORRUPT_IMAGE));

    assertThat(folded.effects()).isEmpty();
    assertThat(jobs.job("j").state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void deliveryThatWasOvertaken_doesNotUndoTheLaterOne() {
    var jobs =
        Jobs.after(
            list(
                job.submit(1),
                job.task("p"),
                job.match("p", 1, sure("ann")),
                job.delivery("p", "ann", 1, DeliveryState.SENT)));

    jobs.take(job.delivery("p", "ann", 0, DeliveryState.UNKNOWN));

    assertThat(jobs.job("j").tally().pairs()).isEqualTo(java.util.Map.of(DeliveryState.SENT, 1));
  }

  @Test
  void command_isAnsweredOnceAndPublishedAtOnce() {
    var jobs = Jobs.after(list(job.submit(1)));
    var rematch = job.command("c", JobCommand.REMATCH);

    var folded = jobs.take(rematch);
    var again = jobs.take(rematch);

    assertThat(folded.effects()).containsExactly(new Effect.Publish(folded.job()));
    assertThat(folded.job().commands())
        .containsExactly(
            new JobFacts.Answer(
                "c",
                JobCommand.REMATCH,
                FailureCode.INVALID_EVENT,
                0,
                0,
                "not known to this version"));
    assertThat(again.effects()).isEmpty();
  }

  @Test
  void keptObjects_areAskedForAgain_whenTheirTimeCame() {
    var jobs = Jobs.after(list(job.submit(1), job.task("p"), job.match("p", 3), job.cleaned()));
    var kept = jobs.job("j").with(jobs.job("j").cleaning().again(9_000L));

    var early = JobFold.tick(kept, Retention.USUAL, 8_999);
    var due = JobFold.tick(kept, Retention.USUAL, 9_000);

    assertThat(early.effects()).isEmpty();
    assertThat(due.effects()).isEqualTo(List.of(new Effect.AskCleanup(1)));
    assertThat(due.job().state()).isEqualTo(JobState.COMPLETED);
  }
}
