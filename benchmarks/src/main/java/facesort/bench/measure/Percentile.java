package facesort.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/** Percentiles of a few samples. */
public final class Percentile {
  private Percentile() {}

  /** Linear between the two nearest ranks; leaves the samples as they are. */
  public static double of(double[] samples, double percent) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("a percentile needs samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    double rank = percent / 100 * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** The same of any numbers. */
  public static double of(Collection<? extends Number> samples, double percent) {
    return of(samples.stream().mapToDouble(Number::doubleValue).toArray(), percent);
  }
}
