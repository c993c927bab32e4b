package facesort.inference.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Inputs that wait for the one thread that runs a model, first come first served. Any thread may
 * put some in.
 */
final class WaitingInputs {
  private final int capacity;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int items;
  private boolean closed;

  /** One caller's inputs. Once it has left, nobody reads its buffer any more. */
  static final class Waiting {
    private final FloatBuffer inputs;
    private final int batch;
    private final CompletableFuture<ModelOutputs> answer = new CompletableFuture<>();

    Waiting(FloatBuffer inputs, int batch) {
      this.inputs = inputs;
      this.batch = batch;
    }

    int batch() {
      return batch;
    }

    /** Whoever completes it wakes the caller. */
    CompletableFuture<ModelOutputs> answer() {
      return answer;
    }

    boolean isWanted() {
      return !answer.isDone();
    }

    /** The caller leaves; what it has handed over may be freed or used again from then on. */
    synchronized void leave() {
      var _ = answer.cancel(false);
    }

    /** Copies the inputs, zeros when the caller has left. */
    synchronized void copyTo(FloatBuffer to, int at) {
      if (isWanted()) {
        to.put(at, inputs, inputs.position(), inputs.remaining());
      } else {
        clear(to, at, at + inputs.remaining());
      }
    }

    static void clear(FloatBuffer buffer, int from, int to) {
      for (int i = from; i < to; i++) {
        buffer.put(i, 0);
      }
    }
  }

  /** Holds so many items at most: inputs count as many as their batch has. */
  WaitingInputs(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds inputs; waits while there is no room.
   *
   * @throws IllegalStateException when it was closed
   */
  void put(Waiting inputs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !queue.isEmpty() && items + inputs.batch() > capacity) {
        changed.await();
      }
      if (closed) {
        throw closed();
      }
      queue.add(inputs);
      items += inputs.batch();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is something, and takes what is there, up to so many items; never waits for
   * more. What nobody wants any more is left out.
   *
   * @return empty when it was closed
   */
  List<Waiting> take(int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Waiting> taken = taken(most);
      while (taken.isEmpty() && !closed) {
        changed.await();
        taken = taken(most);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private List<Waiting> taken(int most) {
    List<Waiting> taken = new ArrayList<>();
    int room = most;
    Waiting head = queue.peek();
    while (head != null && (!head.isWanted() || head.batch() <= room)) {
      queue.remove();
      items -= head.batch();
      if (head.isWanted()) {
        taken.add(head);
        room -= head.batch();
      }
      head = queue.peek();
    }
    changed.signalAll();
    return taken;
  }

  /** How many items wait. */
  int items() {
    lock.lock();
    try {
      return items;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and fails what waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      queue.forEach(waiting -> waiting.answer().completeExceptionally(closed()));
      queue.clear();
      items = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("The session is closed");
  }
}
