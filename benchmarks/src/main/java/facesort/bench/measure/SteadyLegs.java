package facesort.bench.measure;

import java.util.function.Supplier;

/** Runs legs, and again while the machine's speed moved meanwhile. For one thread. */
public final class SteadyLegs {
  private final int tries;
  private int thrownAway;
  private int unsteady;

  /** Runs a leg so often at most; what the last try says counts in any case. */
  public SteadyLegs(int tries) {
    this.tries = tries;
  }

  /** Hears of every try, those that do not count included. */
  @FunctionalInterface
  public interface Listener<T> {
    /**
     * A leg was run.
     *
     * @param before milliseconds of a spin before it
     * @param after milliseconds of a spin after it
     */
    void ran(T result, double before, double after);
  }

  /** Returns what the leg says when the machine was steady, or in its last try. */
  public <T> T run(Supplier<T> leg) {
    return run(leg, (result, before, after) -> {});
  }

  /** The same, and somebody hears of every try. */
  public <T> T run(Supplier<T> leg, Listener<T> listener) {
    for (int attempt = 1; ; attempt++) {
      double before = Spin.millis();
      T result = leg.get();
      double after = Spin.millis();
      listener.ran(result, before, after);
      boolean steady = Spin.steady(before, after);
      if (steady || attempt == tries) {
        unsteady += steady ? 0 : 1;
        return result;
      }
      thrownAway++;
    }
  }

  /** Legs that were repeated. */
  public int thrownAway() {
    return thrownAway;
  }

  /** Legs that counted although the speed moved, in their last try. */
  public int unsteady() {
    return unsteady;
  }
}
