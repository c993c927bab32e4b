package facesort.bench.match;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/** How fast one thread reads memory that is in no cache. One thread. */
final class Bandwidth {
  private static final int LONGS = 1 << 24;
  private static final int PASSES = 5;
  private static final int CHUNK = 128;
  private static final int RANDOM_READS = 20_000;

  private final long[] memory = new long[LONGS];
  private final long[] cached = new long[2 * CHUNK];
  private long sink;

  Bandwidth() {
    Arrays.fill(memory, 3);
  }

  /** Returns gigabytes a second of the better of two ways to read 128 MiB, each at its best. */
  double gigabytesPerSecond() {
    double nanos = Math.min(best(this::sum), best(this::copy));
    return (double) LONGS * Long.BYTES / nanos;
  }

  /** Returns the nanoseconds it takes to fetch 2 KiB, a vector of 512 floats, from anywhere. */
  double randomVectorNanos() {
    return best(this::jump) / RANDOM_READS;
  }

  long sink() {
    return sink;
  }

  private static double best(Runnable pass) {
    return DoubleStream.generate(
            () -> {
              long start = System.nanoTime();
              pass.run();
              return System.nanoTime() - start;
            })
        .limit(PASSES)
        .min()
        .orElseThrow();
  }

  private void sum() {
    long sum = 0;
    for (int i = 0; i < memory.length; i++) {
      sum += memory[i];
    }
    sink += sum;
  }

  private void copy() {
    for (int i = 0; i < memory.length; i += CHUNK) {
      System.arraycopy(memory, i, cached, 0, CHUNK);
      sink += cached[0];
    }
  }

  private void jump() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RANDOM_READS; i++) {
      System.arraycopy(memory, random.nextInt(LONGS - 2 * CHUNK), cached, 0, 2 * CHUNK);
      sink += cached[0];
    }
  }
}
