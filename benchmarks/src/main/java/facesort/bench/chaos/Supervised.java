package facesort.bench.chaos;

import facesort.bench.stack.ChildJvm;
import facesort.bench.stage.Marks;
import facesort.bench.stage.WorkerSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One slot: whenever its worker has ended another is started, at once. */
final class Supervised implements AutoCloseable {
  private final WorkerSetup setup;
  private final int slot;
  private final Thread thread;
  private final List<Kill> kills = new ArrayList<>();
  private final Map<Long, Long> ended = new HashMap<>();
  private @Nullable ChildJvm current;
  private int deaths;
  private boolean closed;

  /**
   * A kill from outside.
   *
   * @param slot whose worker
   * @param nanos when
   * @param successors how many starts the slot had seen before
   */
  record Kill(int slot, long nanos, int successors) {}

  private final List<Long> pids = new ArrayList<>();

  Supervised(WorkerSetup setup, int slot) {
    this.setup = setup;
    this.slot = slot;
    this.thread = Thread.ofPlatform().name("slot-" + slot).daemon().start(this::keep);
  }

  private void keep() {
    while (true) {
      ChildJvm process;
      synchronized (this) {
        if (closed) {
          return;
        }
        process = setup.start(slot);
        current = process;
        pids.add(process.pid());
      }
      int code = process.await();
      synchronized (this) {
        ended.put(process.pid(), System.nanoTime());
        deaths += code == 0 ? 0 : 1;
      }
    }
  }

  /** Whether its worker has loaded its stage. */
  synchronized boolean isUp() {
    return current != null
        && current.isAlive()
        && Marks.up(setup.marks(), current.pid()).isPresent();
  }

  /** SIGKILL for its worker; false when there is none just now. */
  synchronized boolean kill() {
    if (current == null || !current.isAlive()) {
      return false;
    }
    kills.add(new Kill(slot, System.nanoTime(), pids.size()));
    current.kill();
    return true;
  }

  /** All kills, and the process ids that came after each. */
  synchronized Map<Kill, List<Long>> killsWithSuccessors() {
    Map<Kill, List<Long>> all = new HashMap<>();
    kills.forEach(kill -> all.put(kill, List.copyOf(pids.subList(kill.successors(), pids.size()))));
    return all;
  }

  /** Ends without success, kills from outside included. */
  synchronized int deaths() {
    return deaths;
  }

  @Override
  public void close() {
    ChildJvm last;
    synchronized (this) {
      closed = true;
      last = current;
    }
    if (last != null) {
      last.terminate();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
