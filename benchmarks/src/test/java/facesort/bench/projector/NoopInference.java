package facesort.bench.projector;

import facesort.schemas.EventIds;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.Outcome;
import facesort.worker.Outgoing;
import facesort.worker.Stage;
import facesort.worker.Task;
import facesort.worker.TaskContext;
import facesort.worker.WorkerContext;
import facesort.worker.WorkerProgram;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Inference without a model: a worker that takes some time for a photo and finds nobody on it. */
final class NoopInference {
  static final String SERVICE = "noop";
  static final String ROLE = "infer";

  private static final Duration WORK = Duration.ofMillis(40);
  private static final int AT_ONCE = 32;

  private NoopInference() {}

  public static void main(String[] arguments) {
    WorkerProgram.of(SERVICE, NoopInference.class).role(ROLE, NoopInference::stage).run(arguments);
  }

  private static Stage<Clock, TaskQueued, String> stage() {
    return Stage.<Clock, TaskQueued, String>named(ROLE)
        .reads(Topics.TASK_QUEUED)
        .model("none-1")
        .loadPipeline(WorkerContext::clock)
        .process(NoopInference::look)
        .publishNext((context, task, nothing) ->
            List.of(
                new Outgoing<>(
                    Topics.MATCH_RESULT, task.event().getTaskId(), nobody(context, task.event()))))
        .build();
  }

  /** What ingest has settled already has no photo worth looking at. */
  private static Flux<Outcome<String>> look(
      TaskContext<Clock> context, List<Task<TaskQueued>> tasks) {
    var open = tasks.stream().filter(task -> task.event().getSettled() == null).toList();
    return Flux.fromStream(
            tasks.stream()
                .filter(task -> task.event().getSettled() != null)
                .map(task -> task.<String>skipped("settled")))
        .concatWith(context.each(open, AT_ONCE, task -> Mono.just("").delayElement(WORK)));
  }

  private static MatchResult nobody(TaskContext<Clock> context, TaskQueued task) {
    return MatchResult.newBuilder()
        .setEventId(EventIds.event(Topics.MATCH_RESULT, task.getTaskId(), task.getRun(), 0, 0))
        .setOccurredAt(context.clock().instant())
        .setJobId(task.getJobId())
        .setOwnerId(task.getOwnerId())
        .setRun(task.getRun())
        .setTaskId(task.getTaskId())
        .setPhotoId(task.getPhotoId())
        .setSource(task.getSource())
        .setMediaType("image/jpeg")
        .setFaces(List.of())
        .setThreshold(0.5f)
        .setMargin(0.08f)
        .setReviewFrom(0.4f)
        .setComparedFriends(0)
        .setModelId("none-1")
        .setSpaceId("none-1")
        .setPosition(task.getPosition())
        .build();
  }
}
