package facesort.state.job;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import facesort.service.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.common.header.internals.RecordHeaders;
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

  @Test
  void cancelledJob_isCleanedAfterItsGrace_once_andWithoutWhatFailed() {
    topology.write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"));
    var atOnce = topology.cleanups();

    topology.passes(Retention.USUAL.cleanupGrace());
    var afterGrace = topology.cleanups();
    topology.passes(Duration.ofDays(60));

    assertThat(atOnce).isEmpty();
    assertThat(afterGrace)
        .singleElement()
        .satisfies(asked -> assertThat(asked.getKept()).isEmpty());
    assertThat(topology.cleanups()).isEmpty();
    assertThat(topology.statuses().getLast().getCleanupRequests()).isEqualTo(1);
  }

  @Test
  void originalsThatFailed_areAskedForOnceMore_whenTheirTimeIsOver() {
    topology
        .write(
            "task.queued-dlt",
            new byte[] {9},
            new RecordHeaders()
                .add(DeadLetters.JOB, "job".getBytes(UTF_8))
                .add(DeadLetters.PHOTO, "b".getBytes(UTF_8))
                .add(DeadLetters.CODE, "CORRUPT_IMAGE".getBytes(UTF_8)))
        .write(Topics.CLEANUP, job.cleaned());
    var first = topology.cleanups();

    topology.passes(Retention.USUAL.failed());
    var second = topology.cleanups();
    topology.passes(Duration.ofDays(60));
    topology.write(Topics.JOB_CONTROL, job.command(JobCommand.RESUME, "r"));

    assertThat(first)
        .singleElement()
        .satisfies(asked ->
            assertThat(asked.getKept()).extracting(kept -> kept.getPhotoId()).containsExactly("b"));
    assertThat(second).singleElement().satisfies(asked -> assertThat(asked.getKept()).isEmpty());
    assertThat(topology.cleanups()).isEmpty();
    assertThat(topology.statuses().getLast().getCommands().getLast().getCode())
        .isEqualTo(FailureCode.SOURCE_DELETED);
  }

  @Test
  void jobOfManyPhotos_cancelledInTheMiddle_isFinishedByResume_andNothingIsRedone() {
    var big = Records.of("big", "owner");
    var photos = 2_000;
    topology.write(Topics.JOB_CONTROL, big.submit(photos));
    for (int i = 0; i < photos; i++) {
      topology.write(Topics.TASK_QUEUED, big.task("p" + i, i, null));
      if (i % 2 == 0) {
        topology.write(Topics.MATCH_RESULT, big.match("p" + i));
      }
    }
    topology
        .write(Topics.JOB_CONTROL, big.command(JobCommand.CANCEL, "c"))
        .write(Topics.MATCH_RESULT, big.match("p1"));
    var cancelled = topology.statuses().getLast().getPhotos();

    topology.write(Topics.JOB_CONTROL, big.command(JobCommand.RESUME, "r"));
    var again = new ArrayList<>(topology.tasks(Topics.TASK_QUEUED));
    for (int looks = 0; again.size() < photos / 2 && looks < 20; looks++) {
      topology.passes(Duration.ofMillis(250));
      again.addAll(topology.tasks(Topics.TASK_QUEUED));
    }
    again.forEach(task -> topology.write(Topics.TASK_QUEUED, task));
    again.forEach(task -> topology.write(Topics.MATCH_RESULT, big.in(1).match(task.getPhotoId())));

    assertThat(cancelled.getNoFace()).isEqualTo(photos / 2);
    assertThat(cancelled.getCancelled()).isEqualTo(photos / 2);
    assertThat(again)
        .extracting(TaskQueued::getPhotoId)
        .hasSize(photos / 2)
        .doesNotHaveDuplicates()
        .allMatch(photo -> Integer.parseInt(photo.substring(1)) % 2 == 1);
    var last = topology.statuses().getLast();
    assertThat(last.getState()).isEqualTo(JobState.CLEANING);
    assertThat(last.getPhotos().getSubmitted()).isEqualTo(photos);
    assertThat(last.getPhotos().getNoFace()).isEqualTo(photos);
  }

  @Test
  void commandThatCannotBeFolded_becomesOurOwnDeadLetter_andItsNeighboursGoOn() {
    topology.forgetTask("job", "b");
    topology
        .write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c"))
        .write(Topics.JOB_CONTROL, job.command(JobCommand.RESUME, "r"))
        .write(Topics.JOB_CONTROL, job.command(JobCommand.CANCEL, "c2"));

    var dead = topology.read(Topics.PROJECTOR_DEAD_LETTERS).getFirst();
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.INTERNAL);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.JOB)).isEqualTo("job");
    assertThat(TextHeaders.text(dead.headers(), DeadLetters.ORIGIN)).isEqualTo("job.control-0@2");
    var last = topology.statuses().getLast();
    assertThat(last.getState()).isEqualTo(JobState.CANCELLED);
    assertThat(last.getCommands()).extracting(answer -> answer.getEventId()).hasSize(2);
  }

  @Test
  void recordWithoutAKey_becomesADeadLetterThatNamesItsPhoto() {
    topology.write(
        "match.result",
        null,
        topology.encoded(Topics.MATCH_RESULT, job.match("b")),
        new RecordHeaders());

    var dead = topology.read("match.result-dlt").getFirst();
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.INVALID_EVENT);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.PHOTO)).isEqualTo("b");
  }
}
