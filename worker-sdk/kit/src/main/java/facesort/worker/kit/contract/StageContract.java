package facesort.worker.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.WorkerState;
import facesort.worker.Stage;
import facesort.worker.StageRefused;
import facesort.worker.kit.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every stage promises, each promise a test on the real broker, registry and store: implement
 * this in an IT and say what the stage is and what a task of it looks like.
 *
 * <p>The stage's own hooks run, under a service name and on an input topic that nobody else has; it
 * is watched around its hooks and from outside.
 *
 * @param <P> the stage's pipeline
 * @param <T> type of the events it reads
 * @param <R> type of its results
 */
@ExtendWith(LocalStackExtension.class)
public interface StageContract<P, T extends SpecificRecord, R> {
  /** How long anything may take. */
  Duration LIMIT = Duration.ofSeconds(60);

  /** The stage. */
  Subject<P, T, R> subject();

  /** A task that the stage does, and from which events follow unless it is a final step. */
  T doneTask(Given given) throws Exception;

  /** A task that the stage's work or its rules refuse, as {@link #refusal} says. */
  T refusedTask(Given given) throws Exception;

  /** The code of the dead letter of {@link #refusedTask}. */
  FailureCode refusal();

  /** Without one of its hooks it does not start, and says which is missing. */
  @Test
  default void missingHook_isRefusedByItsName(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      for (String hook : List.of("loadPipeline", "process", "publishNext")) {
        assertThatThrownBy(() -> trial.start(() -> Variants.without(hook, trial.stage())))
            .as("without " + hook)
            .isInstanceOf(StageRefused.class)
            .hasMessageContaining("'" + hook + "'");
      }
      assertThat(trial.members()).isEmpty();
    }
  }

  /** A pipeline that cannot be loaded keeps it from starting and from joining its group. */
  @Test
  default void brokenPipeline_neverJoinsTheGroup(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      Stage<P, T, R> broken = Variants.brokenPipeline("planted fault", trial.stage());

      assertThatThrownBy(() -> trial.start(() -> broken))
          .hasStackTraceContaining("planted fault")
          .hasStackTraceContaining("'" + broken.name() + "'");

      assertThat(trial.members()).isEmpty();
      assertThat(trial.heartbeats()).noneMatch(beat -> beat.getState() == WorkerState.READY);
    }
  }

  /** A setting that nobody reads keeps it from starting. */
  @Test
  default void unknownSetting_isRefusedByItsName(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      assertThatThrownBy(() -> trial.start(trial::watched, "facesort.worker.bacth=3"))
          .hasStackTraceContaining("facesort.worker.bacth");
    }
  }

  /** One pipeline a process, loaded before the group is joined, for all tasks. */
  @Test
  default void pipeline_isLoadedOnceBeforeTheGroupIsJoined(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      trial.start(trial::watched);
      for (int i = 0; i < 3; i++) {
        trial.send(doneTask(trial.given()));
        trial.awaitSettled();
      }

      assertThat(trial.watch().membersAtLoad()).containsExactly(0);
      assertThat(trial.watch().processed()).hasSize(3);
    }
  }

  /**
   * What is no task never reaches the work; each is set aside alone, with its bytes and its code.
   */
  @Test
  default void badTasks_areSetAsideAloneWithTheirBytes(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      T before = doneTask(trial.given());
      T refused = refusedTask(trial.given());
      T after = doneTask(trial.given());
      trial.send(before);
      byte[] noEvent = trial.send("no-event", new byte[] {1, 2, 3});
      byte[] invalid = trial.send(Variants.blankId(doneTask(trial.given())));
      byte[] rejected = trial.send(refused);
      trial.send(after);

      trial.start(trial::watched);
      trial.awaitSettled();

      assertThat(trial.deadLetters())
          .extracting(Trial.Letter::code, Trial.Letter::bytes)
          .containsExactlyInAnyOrder(
              Trial.letter(FailureCode.UNDECODABLE, noEvent),
              Trial.letter(FailureCode.INVALID_EVENT, invalid),
              Trial.letter(refusal(), rejected));
      assertThat(trial.watch().processed())
          .as("what reached the work")
          .contains(Trial.key(before), Trial.key(after))
          .isSubsetOf(Trial.key(before), Trial.key(refused), Trial.key(after));
      trial.assertOutputsOf(List.of(before, after));
    }
  }

  /** What follows is valid for its topic; a repeat writes nothing new, or the same again. */
  @Test
  default void repeat_writesTheSameIds(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      T task = doneTask(trial.given());
      trial.send(task);
      trial.send(task);
      trial.start(trial::watched);
      trial.awaitSettled();
      List<Trial.Output> first = trial.outputs();
      assertThat(first).as("a repeat in the window").doesNotHaveDuplicates();
      trial.assertOutputsOf(List.of(task));
      assertThat(trial.watch().processed()).hasSize(1);
      trial.stop();

      trial.start(trial::watched);
      trial.send(task);
      trial.awaitSettled();

      assertThat(Set.copyOf(trial.outputs())).as("after a restart").isEqualTo(Set.copyOf(first));
    }
  }

  /** With results kept, nothing is written to the bucket but below the task's output prefix. */
  @Test
  default void results_areBelowTheOutputPrefix(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      Given given = trial.given();
      T task = doneTask(given);
      Set<String> before = trial.keys();
      trial.send(task);

      trial.start(trial::watched, "facesort.worker.results=true");
      trial.awaitSettled();

      String prefix =
          "owners/%s/jobs/%s/tasks/%s/%s/"
              .formatted(given.ownerId(), given.jobId(), Trial.key(task), trial.stage().name());
      Set<String> written = trial.keys();
      written.removeAll(before);
      assertThat(written).allMatch(key -> key.startsWith(prefix));
      if (Trial.hasJob(task)) {
        assertThat(written).contains(prefix + "result.json", prefix + "metrics.json");
      }
    }
  }

  /** What follows continues the trace of its task. */
  @Test
  default void trace_isContinued(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
      String span = "00f067aa0ba902b7";
      trial.sendTraced(doneTask(trial.given()), "00-%s-%s-01".formatted(trace, span));

      trial.start(trial::watched);
      trial.awaitSettled();

      assertThat(trial.traceParents())
          .hasSameSizeAs(trial.outputs())
          .allSatisfy(
              parent -> assertThat(parent).startsWith("00-" + trace + "-").doesNotContain(span));
    }
  }

  /** No task of a cancelled job is started; others are. */
  @Test
  default void cancelledJob_isNotStarted(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      Given given = trial.given();
      T cancelled = doneTask(given);
      Assumptions.assumeThat(Trial.hasJob(cancelled)).as("its tasks belong to jobs").isTrue();
      T other = doneTask(trial.given());
      trial.cancel(given);
      trial.send(cancelled);
      trial.send(other);

      trial.start(trial::watched);
      trial.awaitSettled();

      assertThat(trial.watch().processed()).containsExactly(Trial.key(other));
      trial.assertOutputsOf(List.of(other));
    }
  }

  /** Health says what becomes of failures; heartbeats say what it reads; both end with it. */
  @Test
  default void worker_tellsHowItIs(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack)) {
      trial.start(
          trial::watched,
          "facesort.worker.policy.INTERNAL.attempts=2",
          "facesort.worker.policy.INTERNAL.then=DEAD_LETTER");
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(trial.heartbeats().getLast())
                  .matches(beat -> beat.getState() == WorkerState.READY)
                  .matches(beat -> beat.getPartitions().contains(trial.topic().name() + "-0")));
      assertThat(trial.health())
          .contains("\"policy\":{")
          .contains("\"INTERNAL\":\"2 attempts, then dead letter\"");
      assertThat(trial.members()).isNotEmpty();

      trial.stop();

      assertThat(trial.members()).as("members of the group after the end").isEmpty();
      assertThat(trial.heartbeats().getLast().getState()).isEqualTo(WorkerState.STOPPED);
    }
  }

  /** The program as it is shipped ends in order when it is asked to. */
  @Test
  default void program_endsInOrderOnSigterm(StackAddresses stack) throws Exception {
    try (Trial<P, T, R> trial = Trial.of(this, stack);
        WorkerProcess process = WorkerProcess.start(trial.command())) {
      String worker = Trial.workerId(process.awaitWorking().log());

      int status = process.term();

      assertThat(status).isEqualTo(143);
      assertThat(trial.heartbeats(worker).getLast().getState()).isEqualTo(WorkerState.STOPPED);
    }
  }
}
