package facesort.worker.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A partition, the broker that keeps its mark, and processes that work on it one after the other: a
 * killer takes the process with it each time it runs, and the outside kills at any step, but no
 * record's process more than twice.
 */
final class CrashMarkWorld {
  private static final int RECORDS = 60;
  private static final int BATCH = 16;
  private static final int MOST_PROCESSES = 2000;

  private static final class Died extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final RandomGenerator random;
  private final Set<Long> killers;
  private final double kills;
  private final Set<Long> convicted = new TreeSet<>();
  private final Map<Long, Integer> hits = new HashMap<>();
  private final Map<Long, Integer> deathsSingly = new HashMap<>();
  private String committedMark = "";
  private long committed;

  CrashMarkWorld(RandomGenerator random, Set<Long> killers, double kills) {
    this.random = random;
    this.killers = killers;
    this.kills = kills;
  }

  static Set<Long> randomOffsets(RandomGenerator random) {
    return random.longs(random.nextInt(4), 0, RECORDS).boxed().collect(Collectors.toSet());
  }

  void run() {
    for (int i = 0; i < MOST_PROCESSES && !done(); i++) {
      try {
        process();
      } catch (Died _) {
        // The next process finds what was committed.
      }
    }
  }

  boolean done() {
    return committed == RECORDS;
  }

  Set<Long> convicted() {
    return convicted;
  }

  int mostDeathsSingly() {
    return deathsSingly.values().stream().mapToInt(i -> i).max().orElse(0);
  }

  private void process() throws Died {
    commit(CrashMark.parse(committedMark).assigned(BATCH));
    while (!done()) {
      mayBeKilled();
      batch();
      if (random.nextDouble() < 0.1) {
        commit(mark().handedOver());
        return;
      }
    }
  }

  private void batch() throws Died {
    long first = committed;
    int records = 1 + random.nextInt((int) Math.min(BATCH, RECORDS - first));
    boolean careful = mark().isCareful();
    Set<Long> refused = new TreeSet<>();
    for (long offset = first; offset < first + records; offset++) {
      if (mark().convicts(offset)) {
        refused.add(offset);
      } else {
        runRecord(offset);
      }
    }
    convicted.addAll(refused);
    committed = first + records;
    commit(careful ? mark().after(committed - 1, records, RECORDS) : CrashMark.WORKING);
  }

  private void runRecord(long offset) throws Died {
    boolean singly = mark().singly();
    if (singly) {
      commit(mark().running(offset));
    }
    if (killers.contains(offset)) {
      if (singly) {
        deathsSingly.merge(offset, 1, Integer::sum);
      }
      throw new Died();
    }
    mayBeKilled();
  }

  private void mayBeKilled() throws Died {
    long current = mark().current();
    boolean allowed = current < 0 || hits.getOrDefault(current, 0) < 2;
    if (allowed && random.nextDouble() < kills) {
      hits.merge(current, 1, Integer::sum);
      throw new Died();
    }
  }

  private CrashMark mark() {
    return CrashMark.parse(committedMark);
  }

  private void commit(CrashMark mark) {
    committedMark = mark.text();
  }
}
