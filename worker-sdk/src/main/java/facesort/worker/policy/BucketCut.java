package facesort.worker.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a polled batch into buckets of fixed sizes, each at most so much work: what waits for the
 * model never waits longer than one bucket. Immutable.
 */
public final class BucketCut {
  private final int[] sizes;
  private final Duration mostWork;

  /**
   * Cuts into buckets of these sizes.
   *
   * @param sizes from 1 up, ascending
   * @param mostWork most work of a bucket, unless one of the smallest size takes longer
   */
  public BucketCut(int[] sizes, Duration mostWork) {
    if (sizes.length == 0 || sizes[0] < 1) {
      throw new IllegalArgumentException("A stage needs bucket sizes from 1 up");
    }
    for (int i = 1; i < sizes.length; i++) {
      if (sizes[i] <= sizes[i - 1]) {
        throw new IllegalArgumentException(
            "Bucket sizes ascend, but %d follows %d".formatted(sizes[i], sizes[i - 1]));
      }
    }
    this.sizes = sizes.clone();
    this.mostWork = mostWork;
  }

  /**
   * How many tasks the next bucket takes: the largest size whose work is allowed, or what remains
   * if that is less.
   *
   * @param remaining tasks of the batch that are in no bucket yet, at least 1
   * @param perTask measured work; null = not measured yet, then the smallest size is taken
   */
  public int next(int remaining, @Nullable Duration perTask) {
    int size = sizes[0];
    if (perTask != null) {
      for (int larger : sizes) {
        if (perTask.multipliedBy(larger).compareTo(mostWork) <= 0) {
          size = larger;
        }
      }
    }
    return Math.min(remaining, size);
  }
}
