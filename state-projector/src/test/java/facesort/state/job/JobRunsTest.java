package facesort.state.job;

import static facesort.state.job.JobEvents.list;
import static facesort.state.job.JobEvents.sure;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CANCEL, RESUME and RETRY: what each selects, refuses and leaves. */
class JobRunsTest {

  private static final long DAY = 86_400_000L;

  private final JobEvents job = JobEvents.of("j");
  private final JobEvents run1 = job.in(1);

  /** One photo matched, one waits, one was looked at, one failed. */
  static Jobs running(JobEvents job) {
    return Jobs.after(
        list(
            job.submit(4),
            job.task("matched"),
            job.match("matched", 1, sure("ann")),
            job.task("queued"),
            job.task("detected"),
            job.faces("detected", 2),
            job.task("failed"),
            job.died("task.queued", "failed", FailureCode.CORRUPT_IMAGE)));
  }

  static Jobs cancelled(JobEvents job) {
    var jobs = running(job);
    jobs.take(job.cancel("c"));
    return jobs;
  }

  static JobFacts.Answer lastAnswer(Jobs jobs) {
    return jobs.job("j").commands().getLast();
  }

  @Test
  void cancel_cancelsWhatIsInFlight_andKeepsTheRest() {
    var jobs = cancelled(job);

    assertThat(jobs.job("j").state()).isEqualTo(JobState.CANCELLED);
    assertThat(jobs.job("j").tally().photos())
        .isEqualTo(Map.of(PhotoState.MATCHED, 1, PhotoState.FAILED, 1, PhotoState.CANCELLED, 2));
    assertThat(jobs.job("j").tally()).isEqualTo(jobs.recount("j"));
    assertThat(lastAnswer(jobs).photos()).isEqualTo(2);
    assertThat(lastAnswer(jobs).message()).startsWith("2 of 4 photos were not finished");
  }

  @Test
  void lateEventsOfACancelledRun_changeNothing() {
    var jobs = cancelled(job);
    var ended = jobs.job("j");

    jobs.take(job.match("queued", 1, sure("ann")));
    jobs.take(job.faces("queued", 3));
    jobs.take(job.died("faces.detected", "detected", FailureCode.INTERNAL));
    jobs.take(job.match("matched", 0));

    assertThat(jobs.job("j")).isEqualTo(ended);
    assertThat(jobs.job("j").tally()).isEqualTo(jobs.recount("j"));
  }

  @Test
  void taskAfterCancel_isCountedAsCancelled() {
    var jobs = Jobs.after(list(job.submit(2), job.task("a"), job.cancel("c"), job.task("b")));

    assertThat(jobs.job("j").tally().photos()).isEqualTo(Map.of(PhotoState.CANCELLED, 2));
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void deliveryAfterCancel_stillChangesItsPair_andNotTheState() {
    var jobs = cancelled(job);

    jobs.take(job.delivery("matched", "ann", 0, DeliveryState.DROPPED));

    assertThat(jobs.job("j").tally().pairs()).isEqualTo(Map.of(DeliveryState.DROPPED, 1));
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void secondCancel_isAcceptedAndChangesNothingElse() {
    var jobs = cancelled(job);
    var ended = jobs.job("j");

    jobs.take(job.cancel("c2"));

    assertThat(lastAnswer(jobs).code()).isNull();
    assertThat(jobs.job("j").runs()).isEqualTo(ended.runs());
    assertThat(jobs.job("j").tally()).isEqualTo(ended.tally());
    assertThat(jobs.job("j").finishedAt()).isEqualTo(ended.finishedAt());
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"CLEANING", "COMPLETED", "FAILED"})
  void cancelOfAJobThatIsOver_isRefusedWithAReason(JobState state) {
    var over =
        JobFacts.open("j", "owner", Jobs.NOW)
            .in(state, null, state == JobState.CLEANING ? null : 1L);

    var after =
        JobFold.fold(over, PhotoFacts.NONE, job.cancel("c"), Retention.USUAL, Jobs.NOW).job();

    assertThat(after.state()).isEqualTo(state);
    assertThat(after.commands().getLast().code()).isEqualTo(FailureCode.JOB_ENDED);
    assertThat(after.commands().getLast().message()).contains(state.name());
  }

  @Test
  void resume_queuesAgainWhatIsNotFinished_andNothingElse() {
    var jobs = cancelled(job);

    jobs.take(job.resume("r"));
    var pending = jobs.job("j");
    jobs.workOffAll("j");

    assertThat(pending.state()).isEqualTo(JobState.RUNNING);
    assertThat(pending.finishedAt()).isNull();
    assertThat(lastAnswer(jobs).photos()).isEqualTo(3);
    assertThat(lastAnswer(jobs).run()).isEqualTo(1);
    assertThat(jobs.queuedAgain())
        .containsExactlyInAnyOrder("queued in run 1", "detected in run 1", "failed in run 1");
    assertThat(jobs.job("j").tally().photos())
        .isEqualTo(Map.of(PhotoState.MATCHED, 1, PhotoState.QUEUED, 3));
    assertThat(jobs.job("j").tally().submitted()).isEqualTo(4);
  }

  @Test
  void resultsOfTheNewRun_count_andThoseOfTheOldDoNot() {
    var jobs = cancelled(job);
    jobs.take(job.resume("r"));
    jobs.workOffAll("j");

    jobs.take(job.match("queued", 1, sure("bob")));
    var late = jobs.stateOf("j", "queued");
    jobs.take(run1.match("queued", 0));

    assertThat(late).isEqualTo(PhotoState.QUEUED);
    assertThat(jobs.stateOf("j", "queued")).isEqualTo(PhotoState.NO_FACE);
  }

  @Test
  void jobIsNotSettled_whileASelectionWaits() {
    var jobs = Jobs.after(list(job.submit(1), job.task("a"), job.cancel("c"), job.resume("r")));

    jobs.tick("j", Jobs.NOW);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.RUNNING);

    jobs.workOffAll("j");
    assertThat(jobs.job("j").state()).isEqualTo(JobState.RUNNING);
    jobs.take(run1.match("a", 0));
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CLEANING);
  }

  @Test
  void cancelWhileASelectionWaits_queuesNoMoreOfIt() {
    var jobs = cancelled(job);
    jobs.take(job.resume("r"));
    jobs.workOff("j", 1, Jobs.NOW);

    jobs.take(job.cancel("c2"));

    assertThat(jobs.job("j").runs().requeues()).isEmpty();
    assertThat(jobs.job("j").runs().ended()).isEqualTo(1);
    assertThat(jobs.job("j").tally()).isEqualTo(jobs.recount("j"));
    assertThat(jobs.job("j").tally().inFlight()).isZero();
  }

  @Test
  void taskThatWasNotKnownAtResume_isQueuedAgainToo() {
    var jobs = Jobs.after(list(job.submit(2), job.task("a"), job.cancel("c"), job.resume("r")));
    jobs.workOffAll("j");

    jobs.take(job.task("b"));
    jobs.take(job.task("b"));

    assertThat(jobs.queuedAgain()).containsExactly("a in run 1", "b in run 1");
    assertThat(jobs.job("j").tally().photos()).isEqualTo(Map.of(PhotoState.QUEUED, 2));
  }

  @Test
  void resumeBeforeAnyTask_isAccepted_whenPhotosAreToCome() {
    var jobs = Jobs.after(list(job.submit(1), job.cancel("c"), job.resume("r"), job.task("a")));

    assertThat(lastAnswer(jobs).code()).isNull();
    assertThat(jobs.queuedAgain()).containsExactly("a in run 1");
  }

  @Test
  void resumeOfAJobCancelledInDelivery_deliversWhatWaits() {
    var jobs =
        Jobs.after(
            list(
                job.submit(1),
                job.task("a"),
                job.match("a", 1, sure("ann")),
                job.cancel("c"),
                job.resume("r")));

    assertThat(jobs.published()).endsWith(JobState.CANCELLED, JobState.RUNNING, JobState.MATCHED);
    assertThat(jobs.queuedAgain()).isEmpty();
  }

  @Test
  void resumeWithNothingLeft_isRefused() {
    var jobs =
        Jobs.after(
            list(job.submit(1), job.task("a"), job.match("a", 0), job.cleaned(), job.resume("r")));

    assertThat(lastAnswer(jobs).code()).isEqualTo(FailureCode.NOTHING_SELECTED);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void refusedCommand_countsAsARun_asItDoesForEveryReader() {
    var jobs = running(job);
    jobs.take(job.retry("r1", FailureCode.DEADLINE));

    jobs.take(job.retry("r2", FailureCode.CORRUPT_IMAGE));
    jobs.workOffAll("j");

    assertThat(jobs.queuedAgain()).containsExactly("failed in run 2");
    assertThat(jobs.job("j").runs().open()).isEqualTo(2);
  }

  @Test
  void originalsThatWereRemoved_areNotQueuedAgain() {
    var jobs = cancelled(job);
    jobs.tick("j", Jobs.NOW + DAY);
    removeAllBut(jobs, true);

    jobs.take(job.retryPhotos("r1", "queued"));
    var refused = lastAnswer(jobs);
    jobs.take(job.resume("r2"));
    jobs.workOffAll("j");

    assertThat(jobs.effects()).contains(new Effect.AskCleanup(0));
    assertThat(refused.code()).isEqualTo(FailureCode.SOURCE_DELETED);
    assertThat(jobs.queuedAgain()).containsExactly("failed in run 2");
  }

  /** What the processor notes when it has decided what a request leaves. */
  private static void removeAllBut(Jobs jobs, boolean failed) {
    var kept = new KeptOriginals(java.util.List.of(), null, failed, false);
    var asked = jobs.job("j");
    jobs.replace(asked.with(asked.cleaning().leaving(kept, asked.runs().counted())));
  }

  @Test
  void cancelledJob_isCleanedAfterItsGrace_once() {
    var jobs = cancelled(job);

    jobs.tick("j", Jobs.NOW + DAY - 1);
    assertThat(jobs.effects()).doesNotContain(new Effect.AskCleanup(0));
    assertThat(JobFold.nextTick(jobs.job("j"))).contains(Jobs.NOW + DAY);

    jobs.tick("j", Jobs.NOW + DAY);
    jobs.tick("j", Jobs.NOW + 2 * DAY);
    assertThat(jobs.effects().stream().filter(Effect.AskCleanup.class::isInstance)).hasSize(1);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void timerOfAnOlderRun_doesNothing() {
    var jobs = cancelled(job);
    jobs.take(job.resume("r"));
    jobs.workOffAll("j");

    jobs.tick("j", Jobs.NOW + DAY);

    assertThat(jobs.effects().stream().filter(Effect.AskCleanup.class::isInstance)).isEmpty();
    assertThat(jobs.job("j").state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void runThatWasResumedAfterTheDeadline_hasATimeOfItsOwn() {
    var jobs = running(job);
    jobs.tick("j", JobEvents.DEADLINE);
    var failed = jobs.job("j");

    jobs.take(job.resume("r"), JobEvents.DEADLINE + 5);
    jobs.tick("j", JobEvents.DEADLINE + 6);

    assertThat(failed.failure()).isEqualTo(FailureCode.DEADLINE);
    assertThat(failed.tally().photos())
        .isEqualTo(Map.of(PhotoState.MATCHED, 1, PhotoState.FAILED, 3));
    assertThat(jobs.job("j").state()).isEqualTo(JobState.RUNNING);
    assertThat(jobs.job("j").failure()).isNull();
    assertThat(jobs.job("j").deadline()).isEqualTo(2 * JobEvents.DEADLINE + 4);
  }

  @Test
  void photosThatFailedWithTheirJob_areRetriedByItsCode() {
    var jobs = running(job);
    jobs.tick("j", JobEvents.DEADLINE);

    jobs.take(job.retry("r", FailureCode.DEADLINE), JobEvents.DEADLINE + 5);
    jobs.workOffAll("j");

    assertThat(jobs.queuedAgain()).containsExactly("detected in run 1", "queued in run 1");
  }

  @Test
  void jobHasABoundedNumberOfRuns() {
    var jobs = running(job);
    for (int run = 1; run <= JobCommands.MOST_RUNS; run++) {
      jobs.take(job.retry("r" + run, FailureCode.TOO_BIG));
    }

    jobs.take(job.retry("last", FailureCode.CORRUPT_IMAGE));

    assertThat(lastAnswer(jobs).code()).isEqualTo(FailureCode.JOB_ENDED);
    assertThat(jobs.queuedAgain()).isEmpty();
  }
}
