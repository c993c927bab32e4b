package facesort.worker;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which hooks work: one for the hook itself and a fixed number for {@link
 * WorkerContext#compute}. A thread inside native code cannot be stopped; when work is over its time
 * the threads are interrupted, and those that do not listen are left behind and replaced.
 */
final class StageThreads implements AutoCloseable {
  private static final Duration LISTENS_WITHIN = Duration.ofMillis(500);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final int size;
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile Threads current;

  private record Threads(ThreadPoolExecutor hook, ThreadPoolExecutor compute, Scheduler scheduler) {
    static Threads start(int size) {
      ThreadPoolExecutor compute = pool("compute", size);
      return new Threads(pool("stage", 1), compute, Schedulers.fromExecutorService(compute));
    }

    private static ThreadPoolExecutor pool(String name, int size) {
      ThreadFactory daemons = Thread.ofPlatform().name(name + "-", 0).daemon().factory();
      return new ThreadPoolExecutor(
          size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
    }

    int busy() {
      return hook.getActiveCount() + compute.getActiveCount();
    }

    void stop() {
      hook.shutdownNow();
      scheduler.dispose();
      compute.shutdownNow();
    }
  }

  StageThreads(int size) {
    this.size = size;
    this.current = Threads.start(size);
  }

  /** Where computations run; another one after {@link #abandon}. */
  Scheduler scheduler() {
    return current.scheduler();
  }

  /** Where the hook itself runs. */
  ExecutorService hook() {
    return current.hook();
  }

  /**
   * Interrupts all work; called by the one thread that waits for it.
   *
   * @return how many threads did not end within half a second
   */
  int abandon() {
    Threads old = current;
    current = Threads.start(size);
    old.stop();
    long limit = System.nanoTime() + LISTENS_WITHIN.toNanos();
    while (old.busy() > 0 && System.nanoTime() < limit) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    int left = old.busy();
    abandoned.addAndGet(left);
    return left;
  }

  /** How many threads were left behind since the start. */
  int abandoned() {
    return abandoned.get();
  }

  @Override
  public void close() {
    current.stop();
  }

  /** As many threads as there are cores, or this number. */
  static StageThreads of(int threads) {
    return new StageThreads(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }
}
