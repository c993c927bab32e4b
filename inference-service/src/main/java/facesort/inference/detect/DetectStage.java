package facesort.inference.detect;

import facesort.inference.onnx.FaceModels;
import facesort.inference.settings.InferenceSettings;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.Outcome;
import facesort.worker.Outgoing;
import facesort.worker.Stage;
import facesort.worker.Task;
import facesort.worker.TaskContext;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The role detect: reads each photo, finds its faces, says so. */
public final class DetectStage {
  /** Photos in memory at once, each up to 50 MB. */
  private static final int AT_ONCE = 4;

  /** So many photos take as long as one. Fewer would leave cores idle, and look slow for it. */
  private static final int SMALLEST = Math.min(Runtime.getRuntime().availableProcessors(), AT_ONCE);

  private DetectStage() {}

  /** Two lanes, so that small jobs do not wait behind large ones. */
  public static Stage<PhotoExaminer, TaskQueued, FoundFaces> stage() {
    return Stage.<PhotoExaminer, TaskQueued, FoundFaces>named("detect")
        .reads(Topics.TASK_QUEUED)
        .interactive(Topics.TASK_QUEUED_INTERACTIVE)
        .model(FaceModels.modelId())
        .device(PhotoExaminer::device)
        .buckets(SMALLEST, 2 * SMALLEST, 4 * SMALLEST, 8 * SMALLEST)
        .settings(InferenceSettings.class)
        .loadPipeline(PhotoExaminer::load)
        .process(DetectStage::process)
        .publishNext((context, task, found) ->
            List.of(
                new Outgoing<>(
                    Topics.FACES_DETECTED,
                    task.id(),
                    FacesEvent.of(task, found, context.clock().instant()))))
        .build();
  }

  /** What ingest has settled already has no photo worth looking at. */
  private static Flux<Outcome<FoundFaces>> process(
      TaskContext<PhotoExaminer> context, List<Task<TaskQueued>> tasks) {
    List<Task<TaskQueued>> open =
        tasks.stream().filter(task -> task.event().getSettled() == null).toList();
    Flux<Outcome<FoundFaces>> settled =
        Flux.fromIterable(tasks)
            .filter(task -> task.event().getSettled() != null)
            .map(task -> task.skipped("settled"));
    return settled.concatWith(context.each(open, AT_ONCE, task -> faces(context, task.event())));
  }

  private static Mono<FoundFaces> faces(TaskContext<PhotoExaminer> context, TaskQueued task) {
    long start = context.clock().millis();
    return context
        .read(task.getOwnerId(), task.getSource())
        .flatMap(photo ->
            context
                .compute(() -> context.pipeline().examine(photo.bytes()))
                .map(examined ->
                    new FoundFaces(photo.ref(), examined, context.clock().millis() - start)));
  }
}
