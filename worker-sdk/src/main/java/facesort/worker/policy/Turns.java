package facesort.worker.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the buckets of all lanes to the one model, one at a time, in the order of {@link LaneOrder}
 * and within a lane as they came. Any number of threads may use it.
 */
public final class Turns {

  /** The right to use the model; closed by the thread that took it or by any other. */
  public final class Turn implements AutoCloseable {
    private final LaneKind lane;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Turn(LaneKind lane) {
      this.lane = lane;
    }

    /**
     * Closes this one and waits for the lane's next. The lane waits before this one is closed: it
     * is not passed over because it had no time to come back.
     */
    public Turn next() throws InterruptedException {
      return take(lane, this::close);
    }

    /** Gives the model to the next bucket. A second call does nothing. */
    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        giveBack();
      }
    }
  }

  private static final class Waiter {
    private final Condition called;
    private boolean granted;

    private Waiter(Condition called) {
      this.called = called;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LaneKind, Deque<Waiter>> waiting = new EnumMap<>(LaneKind.class);
  private LaneOrder order;
  private boolean taken;

  /**
   * A free model.
   *
   * @param bulkShare least part of the turns that bulk gets while it waits, 0.01 to 0.5
   */
  public Turns(double bulkShare) {
    order = LaneOrder.withShare(bulkShare);
    for (LaneKind lane : LaneKind.values()) {
      waiting.put(lane, new ArrayDeque<>());
    }
  }

  /** Waits for the lane's turn; whoever gets it must close it. */
  public Turn take(LaneKind lane) throws InterruptedException {
    return take(lane, () -> {});
  }

  private Turn take(LaneKind lane, Runnable onceItWaits) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Waiter waiter = new Waiter(lock.newCondition());
      queue(lane).addLast(waiter);
      onceItWaits.run();
      callNext();
      awaitGrant(lane, waiter);
      return new Turn(lane);
    } finally {
      lock.unlock();
    }
  }

  /** How many buckets of the lane wait now. */
  public int waiting(LaneKind lane) {
    lock.lock();
    try {
      return queue(lane).size();
    } finally {
      lock.unlock();
    }
  }

  private void awaitGrant(LaneKind lane, Waiter waiter) throws InterruptedException {
    try {
      while (!waiter.granted) {
        waiter.called.await();
      }
    } catch (InterruptedException e) {
      if (waiter.granted) {
        giveBack();
      } else {
        queue(lane).remove(waiter);
      }
      throw e;
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      taken = false;
      callNext();
    } finally {
      lock.unlock();
    }
  }

  private void callNext() {
    if (!taken) {
      order.next(isWaiting(LaneKind.INTERACTIVE), isWaiting(LaneKind.BULK)).ifPresent(this::call);
    }
  }

  private void call(LaneKind lane) {
    Waiter first = queue(lane).removeFirst();
    order = order.after(lane, isWaiting(LaneKind.BULK));
    taken = true;
    first.granted = true;
    first.called.signal();
  }

  private boolean isWaiting(LaneKind lane) {
    return !queue(lane).isEmpty();
  }

  private Deque<Waiter> queue(LaneKind lane) {
    return Objects.requireNonNull(waiting.get(lane));
  }
}
