package facesort.bench.measure;

import java.util.List;

/**
 * A measured figure beside its goal.
 *
 * @param value what is reported: a median, or what the definition says
 * @param low lower end of the 95 % bootstrap interval of the median
 * @param high its upper end
 * @param max largest sample
 * @param goal largest or smallest value wanted
 * @param atLeast true when the goal is the smallest
 * @param definition from what to what, in one line
 * @param samples all of them, in the order of the run
 */
public record Figure(
    double value,
    double low,
    double high,
    double max,
    double goal,
    boolean atLeast,
    String definition,
    List<Double> samples) {

  /** Copies the samples. */
  public Figure {
    samples = List.copyOf(samples);
  }

  /** A ratio, reported by its median, that should be at least this. */
  public static Figure atLeast(double goal, String definition, List<Double> samples) {
    return of(goal, true, definition, samples);
  }

  /** A time or ratio, reported by its median, that should be at most this. */
  public static Figure atMost(double goal, String definition, List<Double> samples) {
    return of(goal, false, definition, samples);
  }

  /** The same, reported by its largest sample. */
  public Figure byMax() {
    return new Figure(max, low, high, max, goal, atLeast, definition, samples);
  }

  /** Whether the value reaches the goal. */
  public boolean met() {
    return atLeast ? value >= goal : value <= goal;
  }

  private static Figure of(double goal, boolean atLeast, String definition, List<Double> samples) {
    Interval interval = Interval.of(samples);
    double max = samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return new Figure(
        interval.median(),
        interval.low(),
        interval.high(),
        max,
        goal,
        atLeast,
        definition,
        samples);
  }
}
