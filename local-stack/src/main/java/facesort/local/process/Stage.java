package facesort.local.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Processes that do not need one another: started side by side, stopped side by side, and stopped
 * before every earlier stage. Safe for use by several threads.
 */
public final class Stage {
  private final List<Slot> slots = new CopyOnWriteArrayList<>();
  private final Function<ProcessSpec, Slot> open;

  Stage(Function<ProcessSpec, Slot> open) {
    this.open = open;
  }

  /** Starts one process and returns when it is ready; throws {@link ProcessException} if not. */
  public void start(ProcessSpec spec) {
    startAll(List.of(spec));
  }

  /**
   * Starts all at once and returns when all are ready; throws the {@link ProcessException} of the
   * first that fails without waiting for the others, which are stopped with the stage.
   */
  public void startAll(List<ProcessSpec> specs) {
    CompletableFuture<?>[] ready =
        specs.stream().map(this::open).map(Slot::firstReady).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> all = CompletableFuture.allOf(ready);
    for (CompletableFuture<?> one : ready) {
      var _ =
          one.exceptionally(failure -> {
            all.completeExceptionally(failure);
            return null;
          });
    }
    try {
      all.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProcessException failure) {
        throw failure;
      }
      throw e;
    }
  }

  List<ProcessStatus> status() {
    return slots.stream().map(Slot::status).toList();
  }

  void stop() throws InterruptedException {
    List<Thread> stopping =
        slots.stream().map(slot -> Thread.ofVirtual().start(() -> stopOne(slot))).toList();
    for (Thread thread : stopping) {
      thread.join();
    }
  }

  private static void stopOne(Slot slot) {
    try {
      slot.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Slot open(ProcessSpec spec) {
    Slot slot = open.apply(spec);
    slots.add(slot);
    return slot;
  }
}
