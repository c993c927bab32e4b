package facesort.inference.detect;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stages that wait for their next photo: as many as photos were ever examined at once. Who takes
 * some has them alone; those of a thread that hangs or fails never come back.
 */
final class StagePool implements AutoCloseable {
  private final Supplier<FaceStages> make;
  private final ConcurrentLinkedDeque<FaceStages> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  StagePool(Supplier<FaceStages> make) {
    this.make = make;
  }

  /** Works with stages that nobody else has. */
  <T> T with(Function<FaceStages, T> work) {
    FaceStages waiting = idle.pollFirst();
    FaceStages stages = waiting == null ? make.get() : waiting;
    boolean whole = false;
    try {
      T result = work.apply(stages);
      whole = true;
      return result;
    } finally {
      if (whole) {
        giveBack(stages);
      } else {
        stages.close();
      }
    }
  }

  private void giveBack(FaceStages stages) {
    idle.addFirst(stages);
    if (closed) {
      closeIdle();
    }
  }

  /** Closes those that wait now, and the others as they come back. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (FaceStages stages = idle.pollFirst(); stages != null; stages = idle.pollFirst()) {
      stages.close();
    }
  }
}
