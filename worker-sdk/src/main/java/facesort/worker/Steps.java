package facesort.worker;

import java.util.function.Supplier;

/** Runs the named steps of a batch, for whoever times and traces them. */
interface Steps {
  /** For a child: its parent times it as a whole. */
  Steps UNTIMED =
      new Steps() {
        @Override
        public <V> V step(String name, Supplier<V> work) {
          return work.get();
        }
      };

  /** Takes a step. */
  <V> V step(String name, Supplier<V> work);

  /** Takes a step. */
  default void step(String name, Runnable work) {
    var _ =
        step(
            name,
            () -> {
              work.run();
              return true;
            });
  }
}
