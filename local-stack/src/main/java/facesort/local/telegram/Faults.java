package facesort.local.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults ordered, first come first served; any thread. */
final class Faults {
  private final List<Fault> queue = new ArrayList<>();

  synchronized void add(Fault fault) {
    queue.add(fault);
  }

  synchronized void clear() {
    queue.clear();
  }

  /** The fault this call is hit by, used up once. */
  synchronized Optional<Fault> next(String method) {
    for (int i = 0; i < queue.size(); i++) {
      Fault fault = queue.get(i);
      if (fault.method() == null || fault.method().equalsIgnoreCase(method)) {
        useUp(i, fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private void useUp(int index, Fault fault) {
    if (fault.times() == 1) {
      queue.remove(index);
    } else {
      queue.set(index, fault.withTimes(fault.times() - 1));
    }
  }
}
