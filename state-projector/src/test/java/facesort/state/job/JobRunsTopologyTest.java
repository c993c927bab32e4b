package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.Answer;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a job through the topology: what is written, and when. */
class JobRunsTopologyTest {

  private final Records job = Records.of("job", "owner");
  private Driven topology;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    topology = new Driven(stateDir);
    topology
        .write(Topics.JOB_CONTROL, job.submit(3))
        .write(Topics.TASK_QUEUED, job.task("a", 0, null))
        .write(Topics.TASK_QUEUED_INTERACTIVE, job.task("b", 1, null))
        .write(Topics.TASK_QUEUED, job.task("c", 2, FailureCode.DUPLICATE))
        .write(Topics.MATCH_RESULT, job.match("a"));
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void cancel_endsTheRunAtOnce_andSaysHowFarItCame() {
    topology.write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"));

    var last = topology.statuses().getLast();
    assertThat(last.getState()).isEqualTo(JobState.CANCELLED);
    assertThat(last.getPhotos().getCancelled()).isEqualTo(1);
    assertThat(last.getPhotos().getNoFace()).isEqualTo(1);
    assertThat(last.getFinishedAt()).isNotNull();
    assertThat(last.getCommands())
        .singleElement()
        .satisfies(answer -> assertThat(answer.getAnswer()).isEqualTo(Answer.ACCEPTED))
        .satisfies(answer -> assertThat(answer.getPhotos()).isEqualTo(1))
        .satisfies(answer -> assertThat(answer.getMessage()).contains("1 of 3 photos"));
    assertThat(last.getEnds())
        .singleElement()
        .satisfies(end ->
            assertThat(end.getUpto())
                .extracting(
                    upto -> upto.getTopic() + "-" + upto.getPartition() + "@" + upto.getOffset())
                .containsExactly("match.result-0@1"));
  }

  @Test
  void resume_queuesTheRestAgain_asItWasReceived_inItsOwnLane() {
    topology
        .write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"))
        .write(Topics.JOB_CONTROL, job.command(JobCommand.RESUME, "r"));

    assertThat(topology.tasks(Topics.TASK_QUEUED)).isEmpty();
    var record = topology.read(Topics.TASK_QUEUED_INTERACTIVE.name()).getFirst();
    assertThat(record.key()).isEqualTo(Driven.KEY);
    topology.write(Topics.TASK_QUEUED_INTERACTIVE.name(), record.value(), record.headers());
    var statuses = topology.statuses();
    assertThat(statuses.getLast().getState()).isEqualTo(JobState.RUNNING);
    assertThat(statuses.getLast().getRun()).isEqualTo(1);
    topology.passes(Duration.ofSeconds(2));
    assertThat(topology.statuses().getLast().getPhotos())
        .satisfies(photos -> assertThat(photos.getSubmitted()).isEqualTo(3))
        .satisfies(photos -> assertThat(photos.getInFlight()).isEqualTo(1))
        .satisfies(photos -> assertThat(photos.getCancelled()).isZero());
  }

  @Test
  void taskThatIsQueuedAgain_carriesRunAndCause_andNothingElseIsNew() {
    topology
        .write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"))
        .write(Topics.JOB_CONTROL, job.command(JobCommand.RESUME, "r"));

    var again = topology.tasks(Topics.TASK_QUEUED_INTERACTIVE).getFirst();

    var taskId = EventIds.task("job", "b", TaskKind.FACES);
    var original = job.task("b", 1, null);
    assertThat(again.getRun()).isEqualTo(1);
    assertThat(again.getEventId())
        .isEqualTo(EventIds.event(Topics.TASK_QUEUED_INTERACTIVE, taskId, 1, 0, 0));
    assertThat(again.getCausation().getTopic()).isEqualTo("job.control");
    assertThat(again.getCausation().getOffset()).isEqualTo(2);
    assertThat(
            TaskQueued.newBuilder(again)
                .setRun(0)
                .setEventId(original.getEventId())
                .setOccurredAt(original.getOccurredAt())
                .setCausation(null)
                .build())
        .isEqualTo(original);
  }

  @Test
  void resumedJob_goesToItsEnd() {
    topology
        .write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"))
        .write(Topics.JOB_CONTROL, job.command(JobCommand.RESUME, "r"))
        .write(Topics.MATCH_RESULT, job.match("b"))
        .write(Topics.MATCH_RESULT, job.in(1).match("b"))
        .write(Topics.CLEANUP, job.cleaned());

    assertThat(topology.statuses())
        .extracting(JobStatus::getState)
        .containsSubsequence(
            JobState.RUNNING,
            JobState.CANCELLED,
            JobState.RUNNING,
            JobState.MATCHED,
            JobState.CLEANING,
            JobState.COMPLETED);
    assertThat(topology.tasks(Topics.TASK_QUEUED_INTERACTIVE)).hasSize(1);
  }
}
