package facesort.bench.chaos;

import facesort.bench.measure.Percentile;
import java.util.List;

/**
 * What a run came to, as it is printed.
 *
 * @param photos tasks about photos, planted killers not counted
 * @param kills SIGKILLs from outside
 * @param lost tasks without answer and dead letter
 * @param duplicated tasks with more than one of them
 * @param wrong answers with another score than the photo has
 * @param quarantined killers whose dead letter says NATIVE_CRASH
 * @param innocents others with a dead letter, whatever it says
 * @param planted killers among the tasks
 * @param workerDeaths how often a worker ended, kills from outside included
 * @param recoveryP50Ms from a kill to the first answer of a successor in its slot
 * @param recoveryP99Ms the same
 * @param unmeasured kills after which the slot had no work any more
 * @param seed repeats the run
 * @param recoveryMs all samples
 */
record Verdict(
    int photos,
    int kills,
    int lost,
    int duplicated,
    int wrong,
    int quarantined,
    int innocents,
    int planted,
    int workerDeaths,
    double recoveryP50Ms,
    double recoveryP99Ms,
    int unmeasured,
    long seed,
    List<Double> recoveryMs) {

  /** What a run came to, from its counts and samples. */
  static Verdict of(Counts counts, Plan plan, int kills, int deaths, List<Double> recoveries) {
    return new Verdict(
        plan.photos(),
        kills,
        counts.lost(),
        counts.duplicated(),
        counts.wrong(),
        counts.quarantined(),
        counts.innocents(),
        plan.killers(),
        deaths,
        recoveries.isEmpty() ? 0 : Percentile.of(recoveries, 50),
        recoveries.isEmpty() ? 0 : Percentile.of(recoveries, 99),
        kills - recoveries.size(),
        plan.seed(),
        recoveries);
  }

  /** Whether all is as it must be. */
  boolean right() {
    return lost == 0 && duplicated == 0 && wrong == 0 && innocents == 0 && quarantined == planted;
  }

  /**
   * What is done.
   *
   * @param photos tasks about photos
   * @param kills SIGKILLs
   * @param killers tasks that crash the process that works on them
   * @param seed of all that is random
   */
  record Plan(int photos, int kills, int killers, long seed) {}

  /** What the topics hold. */
  record Counts(int lost, int duplicated, int wrong, int quarantined, int innocents) {}
}
