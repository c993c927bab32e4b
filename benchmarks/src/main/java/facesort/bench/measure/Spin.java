package facesort.bench.measure;

import java.util.stream.DoubleStream;

/** A fixed piece of computing whose time tells how fast the machine is just now. */
public final class Spin {
  /** A leg does not count when the machine's speed moved by more than this meanwhile. */
  public static final double TOLERANCE = 0.10;

  private static final int TIMES = 5;
  private static final int STEPS = 20_000_000;
  private static long sink;

  private Spin() {}

  /** Milliseconds it takes now: the best of five, since a spike says nothing about the leg. */
  public static synchronized double millis() {
    return DoubleStream.generate(Spin::once).limit(TIMES).min().orElseThrow();
  }

  /** True when the speed stayed the same. */
  public static boolean steady(double before, double after) {
    return Math.abs(after - before) <= TOLERANCE * before;
  }

  private static double once() {
    long start = System.nanoTime();
    long state = start | 1;
    for (int i = 0; i < STEPS; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    // Kept, so that the loop is not optimised away.
    sink += state;
    return (System.nanoTime() - start) / 1e6;
  }

  static synchronized long sink() {
    return sink;
  }
}
