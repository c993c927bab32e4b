package facesort.bench.faces;

import facesort.inference.detect.StepTimes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Adds up how long the steps take. Any thread may tell it. */
final class Clock implements StepTimes {
  private final Map<String, Sum> sums = new ConcurrentHashMap<>();

  private record Sum(LongAdder nanos, LongAdder times) {
    double meanMillis() {
      return nanos.sum() / 1e6 / times.sum();
    }
  }

  @Override
  public void took(Step step, long nanos) {
    add(step.name().toLowerCase(Locale.ROOT), nanos);
  }

  void decoded(long nanos) {
    add("decode", nanos);
  }

  /** A part of a step, or something beside the steps, took so long. */
  void add(String step, long nanos) {
    Sum sum = sums.computeIfAbsent(step, key -> new Sum(new LongAdder(), new LongAdder()));
    sum.nanos.add(nanos);
    sum.times.increment();
  }

  /** Milliseconds each step took on average, once; forgets them. Called when nobody works. */
  Map<String, Double> drain() {
    Map<String, Double> millis = new TreeMap<>();
    sums.forEach((step, sum) -> millis.put(step, sum.meanMillis()));
    sums.clear();
    return millis;
  }
}
