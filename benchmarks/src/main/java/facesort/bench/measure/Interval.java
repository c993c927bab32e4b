package facesort.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A median with its 95 % bootstrap interval.
 *
 * @param median of the samples
 * @param low 2.5th percentile of the medians of resamples
 * @param high 97.5th percentile of them
 */
public record Interval(double median, double low, double high) {
  private static final int RESAMPLES = 10_000;

  /** Draws with a fixed seed: the same samples give the same interval. */
  public static Interval of(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("an interval needs samples");
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    double[] medians = new double[RESAMPLES];
    double[] drawn = new double[samples.size()];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int j = 0; j < drawn.length; j++) {
        drawn[j] = samples.get(random.nextInt(drawn.length));
      }
      medians[i] = Percentile.of(drawn, 50);
    }
    double[] all = samples.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(medians);
    return new Interval(
        Percentile.of(all, 50), Percentile.of(medians, 2.5), Percentile.of(medians, 97.5));
  }
}
