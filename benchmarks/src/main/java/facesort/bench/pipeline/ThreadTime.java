package facesort.bench.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** CPU time of threads, added up by stage. Any thread may call it. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, AtomicLong> nanos = new ConcurrentHashMap<>();

  /** CPU nanoseconds of this thread so far. */
  static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Adds what this thread has spent since then to a stage; returns the time now. */
  long add(String stage, long since) {
    long now = now();
    nanos.computeIfAbsent(stage, _ -> new AtomicLong()).addAndGet(now - since);
    return now;
  }

  /** Milliseconds by stage, divided among so many photos. */
  Map<String, Double> millis(int photos) {
    Map<String, Double> millis = new TreeMap<>();
    nanos.forEach((stage, sum) -> millis.put(stage, sum.get() / 1e6 / photos));
    return millis;
  }
}
