package facesort.state.job;

import static facesort.state.job.JobEvents.list;
import static facesort.state.job.JobRunsTest.cancelled;
import static facesort.state.job.JobRunsTest.lastAnswer;
import static facesort.state.job.JobRunsTest.running;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import org.junit.jupiter.api.Test;

/** Which photos a RETRY means, and what it does to a job that was over. */
class JobRetryTest {

  private final JobEvents job = JobEvents.of("j");
  private final JobEvents run1 = job.in(1);

  @Test
  void retry_meansPhotosCodesOrSignatures() {
    var byCode = running(job);
    byCode.take(job.retry("r", FailureCode.CORRUPT_IMAGE));
    byCode.workOffAll("j");
    var bySignature = running(job);
    bySignature.take(job.retryOf("r", "sig-CORRUPT_IMAGE"));
    bySignature.workOffAll("j");
    var byPhoto = cancelled(job);
    byPhoto.take(job.retryPhotos("r", "detected", "matched", "unknown"));
    byPhoto.workOffAll("j");

    assertThat(byCode.queuedAgain()).containsExactly("failed in run 1");
    assertThat(bySignature.queuedAgain()).containsExactly("failed in run 1");
    assertThat(byPhoto.queuedAgain()).containsExactly("detected in run 1");
    assertThat(byPhoto.job("j").tally().count(PhotoState.CANCELLED)).isEqualTo(1);
  }

  @Test
  void retryOfAnotherSignature_isRefused() {
    var jobs = running(job);

    jobs.take(job.retryOf("r", "0123456789ab"));

    assertThat(lastAnswer(jobs).code()).isEqualTo(FailureCode.NOTHING_SELECTED);
  }

  @Test
  void retryThatNamesNothing_isRefused() {
    var jobs = running(job);

    jobs.take(job.retry("r"));

    assertThat(lastAnswer(jobs).code()).isEqualTo(FailureCode.INVALID_EVENT);
  }

  @Test
  void retryOfWhatIngestSettled_isRefused() {
    var jobs = Jobs.after(list(job.submit(1), job.task("a", FailureCode.EMPTY_FILE)));

    jobs.take(job.retryPhotos("r", "a"));

    assertThat(lastAnswer(jobs).code()).isEqualTo(FailureCode.NOTHING_SELECTED);
  }

  @Test
  void retryOfACompletedJob_runsItAgainToTheEnd_withAnotherCleanup() {
    var jobs = running(job);
    jobs.take(job.match("queued", 0));
    jobs.take(job.match("detected", 0));
    jobs.take(job.delivery("matched", "ann", 0, DeliveryState.SENT));
    jobs.take(job.cleaned());
    var completed = jobs.job("j");

    jobs.take(job.retry("r", FailureCode.CORRUPT_IMAGE));
    jobs.workOffAll("j");
    jobs.take(job.cleaned());
    jobs.take(run1.match("failed", 0));
    var cleaning = jobs.job("j").state();
    jobs.take(job.cleaned(1));

    assertThat(completed.state()).isEqualTo(JobState.COMPLETED);
    assertThat(cleaning).isEqualTo(JobState.CLEANING);
    assertThat(jobs.job("j").state()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.job("j").runs().ends()).extracting(RunEnd::run).containsExactly(0, 1);
    assertThat(jobs.effects()).contains(new Effect.AskCleanup(0), new Effect.AskCleanup(1));
  }

  @Test
  void commandThatIsRepeated_isAnsweredAndExecutedOnce() {
    var jobs = cancelled(job);
    jobs.take(job.resume("r"));
    jobs.workOffAll("j");
    jobs.take(run1.died("task.queued", "failed", FailureCode.CORRUPT_IMAGE));

    jobs.take(job.resume("r"));

    assertThat(jobs.job("j").commands()).hasSize(2);
    assertThat(jobs.job("j").runs().requeues()).isEmpty();
    assertThat(jobs.job("j").runs().counted()).isEqualTo(2);
  }
}
