package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CancelledJobsTest {
  private final CancelledJobs jobs = new CancelledJobs();

  @Test
  void cancel_stopsItsRunAndAllBefore_butNoLaterOne() {
    tell("job", JobCommand.SUBMIT, JobCommand.RETRY, JobCommand.CANCEL, JobCommand.RESUME);

    assertThat(jobs.isCancelled("job", 0)).isTrue();
    assertThat(jobs.isCancelled("job", 1)).isTrue();
    assertThat(jobs.isCancelled("job", 2)).isFalse();
  }

  @Test
  void resume_letsItsOwnRunGoOn_whileALateTaskOfTheCancelledRunStaysCancelled() {
    tell("job", JobCommand.SUBMIT, JobCommand.CANCEL, JobCommand.RESUME);

    assertThat(jobs.isCancelled("job", 1)).isFalse();
    assertThat(jobs.isCancelled("job", 0)).isTrue();
  }

  @Test
  void commandThatWasRefused_countsAllTheSame() {
    // Nobody but the projector knows that the second RESUME found nothing to do.
    tell("job", JobCommand.CANCEL, JobCommand.RESUME, JobCommand.RESUME, JobCommand.CANCEL);
    tell("job", JobCommand.RETRY);

    assertThat(jobs.isCancelled("job", 2)).isTrue();
    assertThat(jobs.isCancelled("job", 3)).isFalse();
  }

  @Test
  void cancel_ofOneJob_leavesOthersAlone() {
    tell("job", JobCommand.CANCEL);

    assertThat(jobs.isCancelled("other", 0)).isFalse();
  }

  @Test
  void otherCommands_cancelNothingAndOpenNoRun() {
    tell("job", JobCommand.SUBMIT, JobCommand.RELEASE, JobCommand.RESOLVE, JobCommand.REMATCH);
    assertThat(jobs.isCancelled("job", 0)).isFalse();

    tell("job", JobCommand.CANCEL);
    assertThat(jobs.isCancelled("job", 0)).isTrue();
    assertThat(jobs.isCancelled("job", 1)).isFalse();
  }

  @Test
  void accept_remembersOnlyJobsWhoseRunsChanged() {
    tell("submitted", JobCommand.SUBMIT, JobCommand.RELEASE);
    tell("resumed", JobCommand.SUBMIT, JobCommand.RESUME, JobCommand.RETRY);

    assertThat(jobs.remembered()).isEqualTo(1);
  }

  private void tell(String job, JobCommand... commands) {
    for (JobCommand command : commands) {
      jobs.accept(
          JobControl.newBuilder()
              .setEventId("event")
              .setOccurredAt(Instant.EPOCH)
              .setJobId(job)
              .setOwnerId("owner")
              .setCommand(command)
              .build());
    }
  }
}
