package facesort.bench.accuracy;

import java.util.Arrays;

/**
 * How well scores tell pairs of one person from pairs of two. Exact: from the scores themselves,
 * not from a curve of some thresholds.
 */
final class Verification {
  private final float[] same;
  private final float[] different;

  /**
   * Copies the scores.
   *
   * @param same scores of pairs of one person
   * @param different scores of pairs of two persons
   */
  Verification(float[] same, float[] different) {
    if (same.length == 0 || different.length == 0) {
      throw new IllegalArgumentException("Pairs of one person and of two are needed");
    }
    this.same = sorted(same);
    this.different = sorted(different);
  }

  int pairs() {
    return same.length + different.length;
  }

  /**
   * The area under the curve of true over false accepts: how often a pair of one person has a
   * larger score than a pair of two; a tie counts half (Mann and Whitney's U over the number of
   * cases).
   */
  double auc() {
    double won = 0;
    for (float score : same) {
      won += (below(different, score) + upTo(different, score)) / 2.0;
    }
    return won / same.length / different.length;
  }

  /**
   * The smallest threshold that at most this share of the pairs of two persons reaches. A score
   * passes when it is above.
   */
  float thresholdAt(double falseAccepts) {
    int allowed = (int) Math.floor(falseAccepts * different.length);
    return allowed >= different.length
        ? Float.NEGATIVE_INFINITY
        : different[different.length - 1 - allowed];
  }

  /** The share of pairs of one person that pass where at most that share of the others does. */
  double trueAcceptsAt(double falseAccepts) {
    return 1 - upTo(same, thresholdAt(falseAccepts)) / (double) same.length;
  }

  /** The share of pairs of one person that reach a threshold. */
  double trueAccepts(float threshold) {
    return 1 - below(same, threshold) / (double) same.length;
  }

  /** The share of pairs of two persons that reach a threshold. */
  double falseAccepts(float threshold) {
    return 1 - below(different, threshold) / (double) different.length;
  }

  /** The largest score of two persons. */
  float highestOfTwo() {
    return different[different.length - 1];
  }

  /** The mean score of one person. */
  double meanOfOne() {
    double sum = 0;
    for (float score : same) {
      sum += score;
    }
    return sum / same.length;
  }

  private static float[] sorted(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    if (Float.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("A score is NaN");
    }
    return sorted;
  }

  /** How many are less. */
  private static int below(float[] sorted, float score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many are less or the same. */
  private static int upTo(float[] sorted, float score) {
    return below(sorted, Math.nextUp(score));
  }
}
