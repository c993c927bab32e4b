package facesort.worker;

import facesort.schemas.ObjectRef;
import facesort.service.OutputPrefix;
import facesort.service.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What {@code process} and {@code publishNext} have at hand. Any number of threads may use it.
 *
 * @param worker what the process has at hand
 * @param pipeline what {@code loadPipeline} returned
 * @param stage name of the stage
 * @param <P> its type
 */
public record TaskContext<P>(WorkerContext worker, P pipeline, String stage) {

  /** As {@link WorkerContext#read}. */
  public Mono<Input> read(String ownerId, ObjectRef ref) {
    return worker.read(ownerId, ref);
  }

  /**
   * Writes an object into the job's part of the bucket, below {@code tasks/<task>/<stage>/}, where
   * the job's cleanup finds it. Readers see it whole or not at all; above 8 MiB it goes in parts.
   *
   * @param name its name there, such as "thumbnail.jpg"
   * @return the object; {@link DependencyFailed} when it could not be written this time
   * @throws IllegalArgumentException for a task without owner and job, or a name that leads out
   */
  public Mono<StoredObject> write(Task<?> task, String name, byte[] bytes, String mediaType) {
    String owner = task.ownerId();
    String job = task.jobId();
    if (owner == null || job == null) {
      throw new IllegalArgumentException("Only tasks of a job have a place to write to");
    }
    return worker.write(new OutputPrefix(owner, job, task.id(), stage), name, bytes, mediaType);
  }

  /** As {@link WorkerContext#compute}. */
  public <V> Mono<V> compute(Callable<V> work) {
    return worker.compute(work);
  }

  /** As {@link WorkerContext#answers}. */
  public Mono<Boolean> answers(String dependency) {
    return worker.answers(dependency);
  }

  /** As {@link WorkerContext#clock}. */
  public Clock clock() {
    return worker.clock();
  }

  /**
   * Works on each task by itself: what it throws is its own outcome and no neighbour's. {@link
   * RejectedTask} means never again, all else is tried again by policy; an empty result means that
   * there is nothing to do.
   *
   * @param atOnce most tasks at the same time
   */
  public <T extends SpecificRecord, R> Flux<Outcome<R>> each(
      List<Task<T>> tasks, int atOnce, Function<Task<T>, Mono<R>> work) {
    return Flux.fromIterable(tasks).flatMap(task -> one(task, work), atOnce);
  }

  private <T extends SpecificRecord, R> Mono<Outcome<R>> one(
      Task<T> task, Function<Task<T>, Mono<R>> work) {
    // Asked again when its turn has come: those before it in the bucket may have taken long.
    return Mono.defer(() ->
            worker.isCancelled(task)
                ? Mono.just(task.<R>skipped("cancelled"))
                : work.apply(task).map(task::<R>done))
        .onErrorResume(error -> Mono.just(task.<R>failed(error)))
        .switchIfEmpty(Mono.fromSupplier(() -> task.skipped("nothing to do")));
  }
}
