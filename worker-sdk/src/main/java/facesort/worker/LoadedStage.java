package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.Topics;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetter;
import facesort.service.Events;
import facesort.worker.rules.TaskRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * A stage with its pipeline: from records to answers, without Kafka's transactions. The worker and
 * its child use it alike. One thread at a time calls it.
 *
 * @param <P> the pipeline
 * @param <T> type of the events it reads
 * @param <R> type of its results
 */
final class LoadedStage<P, T extends SpecificRecord, R> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadedStage.class);

  /** The dependency without which some records cannot be read. */
  static final String REGISTRY = "registry";

  private final Stage<P, T, R> stage;
  private final TaskContext<P> context;
  private final StageThreads threads;
  private final Events events;
  private final OutgoingHeaders headers;
  private final String model;

  private LoadedStage(
      Stage<P, T, R> stage,
      TaskContext<P> context,
      StageThreads threads,
      Events events,
      OutgoingHeaders headers) {
    this.stage = stage;
    this.context = context;
    this.threads = threads;
    this.events = events;
    this.headers = headers;
    this.model = stage.model().apply(context.pipeline());
  }

  /**
   * Loads the pipeline.
   *
   * @throws StageRefused with the name of the stage when its hook throws
   */
  static <P, T extends SpecificRecord, R> LoadedStage<P, T, R> load(
      Stage<P, T, R> stage,
      WorkerContext worker,
      StageThreads threads,
      Events events,
      OutgoingHeaders headers) {
    long start = System.nanoTime();
    try {
      P pipeline = stage.hooks().loadPipeline().load(worker);
      log.info(
          "pipeline of {} loaded in {} ms",
          stage.name(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      return new LoadedStage<>(
          stage, new TaskContext<>(worker, pipeline, stage.name()), threads, events, headers);
    } catch (RuntimeException e) {
      worker.close();
      throw e;
    } catch (Exception | Error e) {
      worker.close();
      throw new StageRefused(
          "The pipeline of '%s' cannot be loaded: %s".formatted(stage.name(), e), e);
    }
  }

  Stage<P, T, R> stage() {
    return stage;
  }

  /** The threads its hooks work on. */
  StageThreads threads() {
    return threads;
  }

  /** Names what the results depend on. */
  String model() {
    return model;
  }

  /** What it computes on. */
  String device() {
    return stage.device().apply(context.pipeline());
  }

  /** Whether nothing outside of this name has answered since then, a question now included. */
  boolean isDown(String dependency, Instant since) {
    return context.worker().isDown(dependency, since);
  }

  /** What keeps it from following what it must follow. */
  List<String> troubles() {
    return context.worker().troubles();
  }

  /**
   * Decodes and checks a record.
   *
   * @throws WorkMustWait when its schema is not known here and the registry does not answer
   */
  Received<T> receive(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null && stage.topic().compacted()) {
      return Received.answered(record, new Answer.Skip("removed"));
    }
    try {
      T event = events.read(stage.topic(), record);
      Task<T> task = new Task<>(Events.key(record), event, Received.causation(record));
      Optional<TaskRules.Problem> problem = TaskRules.check(event, Events.key(record));
      return problem
          .map(p -> Received.answered(record, task, refused(task, p.code(), p.message(), 1)))
          .orElseGet(() -> Received.open(record, task));
    } catch (RegistryUnavailableException e) {
      throw new WorkMustWait(REGISTRY, String.valueOf(e.getMessage()));
    } catch (UndecodableException e) {
      return Received.answered(
          record,
          new Answer.Refuse(
              DeadLetter.unattributed(FailureCode.UNDECODABLE, String.valueOf(e.getMessage()))));
    }
  }

  /** The answer of a child, whose records do not continue a trace yet. */
  Answer traced(Received<T> received, Answer answer) {
    if (answer instanceof Answer.Publish(var records)) {
      Headers trace = headers.of(received.record(), context.clock().instant());
      records.forEach(record -> trace.forEach(record.headers()::add));
    }
    return answer;
  }

  /** Has each task asked for, when it starts, whether it was cancelled. */
  void cancelledBy(Predicate<Task<?>> known) {
    context.worker().cancelledBy(known);
  }

  /** What follows from a dead letter, when the stage says so and the record could be read. */
  List<ProducerRecord<byte[], byte[]>> refused(Received<T> received, DeadLetter why) {
    Stage.PublishRefused<T> hook = stage.publishRefused();
    if (hook == null || received.event() == null) {
      return List.of();
    }
    try {
      Headers trace = headers.of(received.record(), context.clock().instant());
      return hook.next(context.worker(), received.task(), why.code(), why.message()).stream()
          .map(outgoing -> encoded(outgoing, trace))
          .toList();
    } catch (RuntimeException e) {
      // The dead letter tells of the record; to fail again would hold its whole partition.
      log.error("what follows from a dead letter of {} cannot be written", stage.name(), e);
      return List.of();
    }
  }

  /** Words the dead letter of a task. */
  static Answer.Refuse refused(Task<?> task, FailureCode code, String why, int attempts) {
    return new Answer.Refuse(DeadLetter.about(code, why, attempts, task.event()));
  }

  /**
   * Works on a bucket for at most this long; afterwards its threads are interrupted.
   *
   * @param steps times the steps
   * @return an answer for each of the tasks
   */
  Map<Task<T>, Answer> answers(List<Received<T>> bucket, Duration longest, Steps steps) {
    List<Task<T>> tasks = bucket.stream().map(Received::task).toList();
    Instant begun = context.clock().instant();
    Bucket work = new Bucket(tasks);
    Optional<Answer> rest = steps.step("process", () -> work.finish(longest));
    return steps.step("publish", () -> published(bucket, work, rest, begun));
  }

  private Map<Task<T>, Answer> published(
      List<Received<T>> bucket, Bucket work, Optional<Answer> rest, Instant begun) {
    Map<Task<T>, Answer> answers = new HashMap<>();
    for (Received<T> received : bucket) {
      Outcome<R> outcome = work.outcomes.get(received.task());
      answers.put(
          received.task(),
          outcome == null
              ? rest.orElse(failed("The stage told no outcome for this task"))
              : answer(received, outcome, begun));
    }
    return answers;
  }

  private static Answer.Failed failed(String why) {
    return new Answer.Failed(FailureCode.INTERNAL, why, "", true);
  }

  private Answer answer(Received<T> received, Outcome<R> outcome, Instant begun) {
    return switch (outcome) {
      case Outcome.Done<R> done -> published(received, done.result(), begun);
      case Outcome.Rejected<R> rejected ->
          refused(received.task(), rejected.code(), rejected.why(), 1);
      case Outcome.Failed<R> failed ->
          new Answer.Failed(failed.code(), failed.why(), failed.dependency(), false);
      case Outcome.Skipped<R> skipped -> new Answer.Skip(skipped.why());
    };
  }

  /** Encoded at once: an event that cannot be written is this task's failure, not the batch's. */
  private Answer published(Received<T> received, R result, Instant begun) {
    try {
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      Headers trace = headers.of(received.record(), begun);
      for (Outgoing<?> outgoing :
          stage.hooks().publishNext().next(context, received.task(), result)) {
        ProducerRecord<byte[], byte[]> record = encoded(outgoing, trace);
        if (record.value().length > Topics.MAX_RECORD_BYTES) {
          return refused(
              received.task(),
              FailureCode.TOO_BIG,
              "What follows on %s has %d bytes, more than %d"
                  .formatted(record.topic(), record.value().length, Topics.MAX_RECORD_BYTES),
              1);
        }
        records.add(record);
      }
      return new Answer.Publish(records);
    } catch (RegistryUnavailableException e) {
      throw new WorkMustWait(REGISTRY, String.valueOf(e.getMessage()));
    } catch (RejectedTask e) {
      return refused(received.task(), e.code(), e.why(), 1);
    } catch (RuntimeException | Error e) {
      return new Answer.Failed(
          FailureCode.INVALID_OUTPUT, "What follows cannot be written: " + e, "", false);
    }
  }

  private <V extends SpecificRecord> ProducerRecord<byte[], byte[]> encoded(
      Outgoing<V> outgoing, Headers trace) {
    ProducerRecord<byte[], byte[]> record =
        events.record(outgoing.topic(), outgoing.key(), outgoing.event());
    trace.forEach(record.headers()::add);
    return record;
  }

  @Override
  public void close() {
    context.worker().close();
  }

  /** One call of the hook. */
  private final class Bucket {
    private final List<Task<T>> tasks;
    private final Map<Task<?>, Outcome<R>> outcomes = new ConcurrentHashMap<>();
    private volatile boolean over;

    Bucket(List<Task<T>> tasks) {
      this.tasks = tasks;
    }

    /** Waits for all outcomes; returns the answer for tasks that have none. */
    Optional<Answer> finish(Duration longest) {
      Future<?> call = threads.hook().submit(this::call);
      try {
        call.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.empty();
      } catch (TimeoutException e) {
        over = true;
        int left = threads.abandon();
        log.warn(
            "{} of {} tasks of {} took longer than {}; {} threads do not end",
            tasks.size() - outcomes.size(),
            tasks.size(),
            stage.name(),
            longest,
            left);
        return Optional.of(new Answer.OverTime());
      } catch (ExecutionException e) {
        log.warn("{} failed", stage.name(), e.getCause());
        return Optional.of(failed("The stage failed: " + e.getCause()));
      } catch (InterruptedException e) {
        over = true;
        var _ = threads.abandon();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while the stage worked", e);
      }
    }

    /** Called by the hook's thread: a hook may block, its flux may not. */
    private void call() {
      Flux<Outcome<R>> flux = stage.hooks().process().process(context, tasks);
      flux.doOnNext(this::take).then().block();
    }

    /** What comes after the time was over is not taken: the task is worked on elsewhere by then. */
    private void take(Outcome<R> outcome) {
      if (!over) {
        outcomes.putIfAbsent(outcome.task(), outcome);
      }
    }
  }
}
