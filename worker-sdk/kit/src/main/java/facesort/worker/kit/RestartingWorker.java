package facesort.worker.kit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A slot as production has it: whatever ends in it is started again, unless it ended with 75, which
 * says that a newer one has its slot.
 */
public final class RestartingWorker implements AutoCloseable {
  private static final int SLOT_TAKEN = 75;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Supplier<WorkerProcess> starting;
  private final List<Integer> deaths = new CopyOnWriteArrayList<>();
  private final List<WorkerProcess> all = new CopyOnWriteArrayList<>();
  private final Thread owner;
  private volatile WorkerProcess current;
  private volatile boolean closed;

  private RestartingWorker(Supplier<WorkerProcess> starting) {
    this.starting = starting;
    this.current = launch();
    this.owner = Thread.ofPlatform().daemon().name("restarts").start(this::restart);
  }

  /** Starts it and returns at once. */
  public static RestartingWorker start(WorkerCommand command) {
    return start(() -> WorkerProcess.start(command));
  }

  /** Starts one so, and each that follows; returns at once. */
  public static RestartingWorker start(Supplier<WorkerProcess> starting) {
    return new RestartingWorker(starting);
  }

  /** The process in the slot now. */
  public WorkerProcess current() {
    return current;
  }

  /** All that have been in the slot, the oldest first. */
  public List<WorkerProcess> all() {
    return List.copyOf(all);
  }

  /** Exit statuses of those that ended, the oldest first. */
  public List<Integer> deaths() {
    return List.copyOf(deaths);
  }

  /** SIGKILL from outside. */
  public void kill() {
    var _ = Signal.KILL.send(current.pid());
  }

  private void restart() {
    while (true) {
      int status = current.awaitDeath();
      if (closed) {
        return;
      }
      boolean isOver = status == SLOT_TAKEN;
      if (!isOver) {
        current = launch();
      }
      // Last: whoever has seen the death sees the successor, too.
      deaths.add(status);
      if (isOver) {
        return;
      }
    }
  }

  private WorkerProcess launch() {
    WorkerProcess process = starting.get();
    all.add(process);
    return process;
  }

  /** SIGTERM to the last one, without a successor; returns its exit status. */
  public int term() {
    closed = true;
    return current.term();
  }

  /** Kills the last one, without a successor. */
  @Override
  public void close() {
    closed = true;
    try {
      do {
        all.forEach(WorkerProcess::close);
      } while (!owner.join(LOOK_AGAIN));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
