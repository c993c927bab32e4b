package facesort.sample;

import facesort.schemas.EventIds;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.worker.Outgoing;
import facesort.worker.Stage;
import facesort.worker.TaskContext;
import facesort.worker.WorkerProgram;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** A stage to learn from: tells how sharp each photo of a job is. */
public final class BlurStage {
  static final Topic<BlurScored> SCORES =
      new Topic<>("sample.blur", BlurScored.class, "task_id", 8, Duration.ofDays(30), false);
  static final WorkerProgram PROGRAM =
      WorkerProgram.of("blur", BlurStage.class).role("main", BlurStage::stage);

  private BlurStage() {}

  /** Runs until it is stopped. */
  public static void main(String[] arguments) {
    PROGRAM.run(arguments);
  }

  static Stage<Laplacian, TaskQueued, Double> stage() {
    return Stage.<Laplacian, TaskQueued, Double>named("blur")
        .reads(Topics.TASK_QUEUED)
        .interactive(Topics.TASK_QUEUED_INTERACTIVE)
        .model(Laplacian.MODEL)
        .loadPipeline(context -> Laplacian.checked())
        .process((context, tasks) -> context.each(tasks, 4, task -> score(context, task.event())))
        .publishNext((context, task, score) ->
            List.of(scored(task.event(), score, context.clock().instant())))
        .build();
  }

  private static Mono<Double> score(TaskContext<Laplacian> context, TaskQueued task) {
    return task.getSettled() != null
        ? Mono.empty()
        : context
            .read(task.getOwnerId(), task.getSource())
            .flatMap(photo -> context.compute(() -> context.pipeline().score(photo.bytes())));
  }

  private static Outgoing<BlurScored> scored(TaskQueued task, double score, Instant now) {
    String id = EventIds.event(SCORES, task.getTaskId(), task.getRun(), 0, 0);
    BlurScored event =
        new BlurScored(id, now, task.getJobId(), task.getTaskId(), task.getPhotoId(), score);
    return new Outgoing<>(SCORES, task.getTaskId(), event);
  }
}
