package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One stage of the pipeline: what it reads, and three hooks. All else is the runner's: decoding,
 * validation, repeats, cancelled jobs, batches, deadlines, retries, dead letters, transactions,
 * crashes.
 *
 * @param name short name, [a-z0-9-]
 * @param topic what it reads; its bulk lane when it has two
 * @param interactiveTopic what is served before that; null = one lane only
 * @param model names what the results depend on, of the loaded pipeline: part of the key by which a
 *     repeat is known
 * @param device names what the loaded pipeline computes on, for the heartbeat
 * @param deadline longest time of one task
 * @param buckets sizes of what {@code process} gets at once, ascending
 * @param settings records of the stage's own settings below {@code facesort.}
 * @param hooks the three hooks
 * @param publishRefused what follows from a dead letter; null = nothing
 * @param <P> the pipeline: whatever is loaded once
 * @param <T> type of the events it reads
 * @param <R> type of its results
 */
public record Stage<P, T extends SpecificRecord, R>(
    String name,
    Topic<T> topic,
    @Nullable Topic<T> interactiveTopic,
    Function<P, String> model,
    Function<P, String> device,
    Duration deadline,
    List<Integer> buckets,
    List<Class<?>> settings,
    Hooks<P, T, R> hooks,
    @Nullable PublishRefused<T> publishRefused) {

  /** Loads what is expensive. */
  @FunctionalInterface
  public interface LoadPipeline<P> {
    /**
     * Called once per process, before it takes its first task. It warms the pipeline up and checks
     * it with an input whose answer is known: whatever it throws keeps the worker from starting.
     */
    P load(WorkerContext context) throws Exception;
  }

  /** Does the work. */
  @FunctionalInterface
  public interface ProcessTasks<P, T extends SpecificRecord, R> {
    /**
     * Works on a bucket of tasks and tells an outcome for each, in any order. One bucket at a time
     * in a process. A task that has its outcome is not asked for again, whatever becomes of the
     * others; a task without one when the flux fails is tried again alone. So the work must be
     * repeatable. Nothing is retried here: that is the runner's.
     */
    Flux<Outcome<R>> process(TaskContext<P> context, List<Task<T>> tasks);
  }

  /** Says what follows. */
  @FunctionalInterface
  public interface PublishNext<P, T extends SpecificRecord, R> {
    /**
     * Returns the events that follow from a result: none in a final step. Their ids are derived
     * from the task's, so that a repeat writes the same.
     */
    List<Outgoing<?>> next(TaskContext<P> context, Task<T> task, R result);
  }

  /** Says what follows from a dead letter: for those who wait for an answer to every event. */
  @FunctionalInterface
  public interface PublishRefused<T extends SpecificRecord> {
    /**
     * Returns the events that go out with the dead letter, in the same transaction. Called once per
     * committed dead letter of an event that could be read; it must not fail.
     */
    List<Outgoing<?>> next(WorkerContext context, Task<T> task, FailureCode code, String why);
  }

  /** The three hooks. */
  public record Hooks<P, T extends SpecificRecord, R>(
      LoadPipeline<P> loadPipeline,
      ProcessTasks<P, T, R> process,
      PublishNext<P, T, R> publishNext) {}

  /** Copies the lists. */
  public Stage {
    buckets = List.copyOf(buckets);
    settings = List.copyOf(settings);
  }

  /** Begins a stage; {@code Stage.<Pipeline, Event, Result>named("blur")}. */
  public static <P, T extends SpecificRecord, R> Builder<P, T, R> named(String name) {
    return new Builder<>(name);
  }

  /**
   * Collects the parts of a stage.
   *
   * @param <P> the pipeline
   * @param <T> type of the events it reads
   * @param <R> type of its results
   */
  public static final class Builder<P, T extends SpecificRecord, R> {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String name;
    private @Nullable Topic<T> topic;
    private @Nullable Topic<T> interactive;
    private Function<P, String> model = pipeline -> "";
    private Function<P, String> device = pipeline -> "";
    private Duration deadline = DEADLINE;
    private List<Integer> buckets = List.of(1, 2, 4, 8, 16, 32);
    private final List<Class<?>> settings = new ArrayList<>();
    private @Nullable LoadPipeline<P> loadPipeline;
    private @Nullable ProcessTasks<P, T, R> process;
    private @Nullable PublishNext<P, T, R> publishNext;
    private @Nullable PublishRefused<T> publishRefused;

    private Builder(String name) {
      this.name = name;
    }

    /** What the stage reads. */
    public Builder<P, T, R> reads(Topic<T> input) {
      this.topic = input;
      return this;
    }

    /** What it reads before that. */
    public Builder<P, T, R> interactive(Topic<T> input) {
      this.interactive = input;
      return this;
    }

    /** Names what the results depend on; "" by default. */
    public Builder<P, T, R> model(String id) {
      return model(pipeline -> id);
    }

    /** Names what the results depend on, from the loaded pipeline. */
    public Builder<P, T, R> model(Function<P, String> id) {
      this.model = id;
      return this;
    }

    /** Names what the loaded pipeline computes on, such as cpu or cuda:0; "" by default. */
    public Builder<P, T, R> device(Function<P, String> name) {
      this.device = name;
      return this;
    }

    /** Longest time of one task; 60 s by default. */
    public Builder<P, T, R> deadline(Duration longest) {
      this.deadline = longest;
      return this;
    }

    /**
     * Sizes of buckets, ascending; the powers of two up to 32 by default. The largest whose
     * measured work is not above {@code facesort.worker.bucket-work} is taken, so that a stage
     * which works on several tasks at once needs small steps between them.
     */
    public Builder<P, T, R> buckets(Integer... sizes) {
      this.buckets = Arrays.asList(sizes);
      return this;
    }

    /** A record of the stage's own settings, bound below {@code facesort.}. */
    public Builder<P, T, R> settings(Class<?> type) {
      this.settings.add(type);
      return this;
    }

    /** The first hook. */
    public Builder<P, T, R> loadPipeline(LoadPipeline<P> hook) {
      this.loadPipeline = hook;
      return this;
    }

    /** The second hook. */
    public Builder<P, T, R> process(ProcessTasks<P, T, R> hook) {
      this.process = hook;
      return this;
    }

    /** The third hook. */
    public Builder<P, T, R> publishNext(PublishNext<P, T, R> hook) {
      this.publishNext = hook;
      return this;
    }

    /** Says what follows from a dead letter; nothing by default. */
    public Builder<P, T, R> publishRefused(PublishRefused<T> hook) {
      this.publishRefused = hook;
      return this;
    }

    /**
     * Returns the stage.
     *
     * @throws StageRefused when a hook or the topic is missing, by its name, or a value is wrong
     */
    public Stage<P, T, R> build() {
      if (!name.matches("[a-z][a-z0-9-]{0,30}")) {
        throw new StageRefused("A stage's name is [a-z][a-z0-9-]{0,30}, not '" + name + "'");
      }
      if (buckets.isEmpty()
          || !buckets.equals(buckets.stream().sorted().distinct().toList())
          || buckets.getFirst() < 1) {
        throw new StageRefused("The buckets of '" + name + "' are not ascending: " + buckets);
      }
      return new Stage<>(
          name,
          required(topic, "topic, say what it reads:", "reads"),
          interactive,
          model,
          device,
          deadline,
          buckets,
          settings,
          new Hooks<>(
              required(loadPipeline, "hook", "loadPipeline"),
              required(process, "hook", "process"),
              required(publishNext, "hook", "publishNext")),
          publishRefused);
    }

    private <V> V required(@Nullable V given, String kind, String part) {
      if (given == null) {
        throw new StageRefused("The stage '%s' has no %s '%s'".formatted(name, kind, part));
      }
      return given;
    }
  }
}
