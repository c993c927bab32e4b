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

  /** One caller's inputs; whoever completes the answer wakes it. */
  record Waiting(FloatBuffer inputs, int batch, CompletableFuture<ModelOutputs> answer) {
    Waiting(FloatBuffer inputs, int batch) {
      this(inputs, batch, new CompletableFuture<>());
    }

    boolean isWanted() {
      return !answer.isDone();
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
