package facesort.bench.stage;

import facesort.bench.stack.BenchStack;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.worker.Outgoing;
import facesort.worker.Stage;
import facesort.worker.WorkerContext;
import facesort.worker.WorkerProgram;
import facesort.worker.kit.WorkerProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The worker of the benchmarks. Variables: {@code BENCH_SERVICE} its name, {@code BENCH_IN} and
 * {@code BENCH_OUT} its topics, {@code BENCH_INTERACTIVE} the topic of its interactive lane, {@code
 * BENCH_MARKS} the folder of its {@link Marks}. A worker and its child answer under the name that
 * {@link WorkerProcess} gave to the worker.
 */
public final class BenchWorker {
  /** Answers at once. */
  public static final String NOOP = "noop";

  /** The same, leaving {@link Marks}. */
  public static final String MARKING = "marking";

  /** Waits 20 ms for each task, side by side, without computing: as on a device. */
  public static final String WAIT = "wait";

  /** Reads the photo and tells how sharp it is; a photo named as a killer kills the process. */
  public static final String PHOTO = "photo";

  /** What a task of the waiting stage takes. */
  public static final Duration WORK = Duration.ofMillis(20);

  private static final int AT_ONCE = 32;

  private final Map<String, String> environment;

  private BenchWorker(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs the role that {@code --role} names. */
  public static void main(String[] arguments) {
    BenchWorker worker = new BenchWorker(System.getenv());
    WorkerProgram.of(worker.variable("BENCH_SERVICE"), BenchWorker.class)
        .role(NOOP, worker::noop)
        .role(MARKING, worker::marking)
        .role(WAIT, worker::waiting)
        .role(PHOTO, worker::photo)
        .run(arguments);
  }

  private Stage<Consumer<List<String>>, TaskQueued, String> noop() {
    return answeringAtOnce(NOOP, context -> ids -> {});
  }

  private Stage<Consumer<List<String>>, TaskQueued, String> marking() {
    Path folder = Path.of(variable("BENCH_MARKS"));
    return answeringAtOnce(MARKING, context -> context.closing(Marks.open(folder))::processed);
  }

  private Stage<Consumer<List<String>>, TaskQueued, String> answeringAtOnce(
      String name, Stage.LoadPipeline<Consumer<List<String>>> processed) {
    return this.<Consumer<List<String>>, String>stage(name)
        .buckets(1, 8, 64, 500)
        .loadPipeline(processed)
        .process((context, tasks) -> {
          context.pipeline().accept(tasks.stream().map(task -> task.id()).toList());
          return Flux.fromStream(tasks.stream().map(task -> task.done("")));
        })
        .publishNext((context, task, result) -> answer(task.event(), name()))
        .build();
  }

  private Stage<Clock, TaskQueued, String> waiting() {
    return this.<Clock, String>stage(WAIT)
        .interactive(BenchStack.topic(variable("BENCH_INTERACTIVE")))
        .loadPipeline(WorkerContext::clock)
        .process((context, tasks) ->
            context.each(tasks, AT_ONCE, task -> Mono.just("").delayElement(WORK)))
        .publishNext((context, task, result) -> answer(task.event(), name()))
        .build();
  }

  private Stage<Clock, TaskQueued, Double> photo() {
    return this.<Clock, Double>stage(PHOTO)
        .loadPipeline(WorkerContext::clock)
        .process((context, tasks) ->
            context.each(
                tasks,
                2,
                task -> {
                  TaskQueued photo = task.event();
                  return context
                      .read(photo.getOwnerId(), photo.getSource())
                      .flatMap(input ->
                          context.compute(() -> Sharpness.of(photo.getPhotoId(), input.bytes())));
                }))
        .publishNext((context, task, score) -> answer(task.event(), name() + " " + score))
        .build();
  }

  private <P, R> Stage.Builder<P, TaskQueued, R> stage(String name) {
    return Stage.<P, TaskQueued, R>named(name)
        .reads(BenchStack.topic(variable("BENCH_IN")))
        .model("bench-1");
  }

  private List<Outgoing<?>> answer(TaskQueued task, String worker) {
    Topic<TaskQueued> out = BenchStack.topic(variable("BENCH_OUT"));
    return List.of(new Outgoing<>(out, task.getTaskId(), Answering.of(task, worker)));
  }

  private String name() {
    return variable(WorkerProcess.NAME);
  }

  private String variable(String name) {
    @Nullable String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the variable %s is not set, only %s"
              .formatted(
                  name,
                  environment.keySet().stream()
                      .filter(key -> key.startsWith("BENCH_"))
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    return value;
  }
}
