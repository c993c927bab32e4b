package facesort.inference.match;

/**
 * From where on a face is a friend's.
 *
 * @param threshold cosine from which a face is accepted
 * @param margin least distance to the next friend
 * @param reviewFrom cosine from which a person is asked
 */
public record MatchPolicy(float threshold, float margin, float reviewFrom) {
  /** What was measured to be safe for the models in use. */
  public static final MatchPolicy DEFAULT = new MatchPolicy(0.55f, 0.08f, 0.40f);

  /** Refuses numbers that cannot decide. */
  public MatchPolicy {
    if (!(reviewFrom <= threshold && reviewFrom >= -1 && threshold <= 1 && margin >= 0)) {
      throw new IllegalArgumentException(
          "-1 <= reviewFrom <= threshold <= 1 and margin >= 0 must hold, given: reviewFrom "
              + reviewFrom
              + ", threshold "
              + threshold
              + ", margin "
              + margin);
    }
  }
}
