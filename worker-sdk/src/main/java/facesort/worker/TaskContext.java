package facesort.worker;

import facesort.schemas.ObjectRef;
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
 * @param <P> its type
 */
public record TaskContext<P>(WorkerContext worker, P pipeline) {

  /** As {@link WorkerContext#read}. */
  public Mono<Input> read(String ownerId, ObjectRef ref) {
    return worker.read(ownerId, ref);
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

  private static <T extends SpecificRecord, R> Mono<Outcome<R>> one(
      Task<T> task, Function<Task<T>, Mono<R>> work) {
    return Mono.defer(() -> work.apply(task))
        .map(task::done)
        .onErrorResume(error -> Mono.just(task.<R>failed(error)))
        .switchIfEmpty(Mono.fromSupplier(() -> task.skipped("nothing to do")));
  }
}
