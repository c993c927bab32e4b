package facesort.inference.match;

import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a face.
 *
 * @param decision what
 * @param rule why
 * @param friendId the friend when matched or to be reviewed
 * @param candidates the five friends that are nearest, best first
 * @param margin best score minus the next friend's; null with fewer than two friends
 */
public record FaceMatch(
    MatchDecision decision,
    MatchRule rule,
    @Nullable String friendId,
    List<MatchCandidate> candidates,
    @Nullable Float margin) {
  /** Copies the candidates. */
  public FaceMatch {
    candidates = List.copyOf(candidates);
  }

  static FaceMatch undecided(MatchDecision decision, MatchRule rule) {
    return new FaceMatch(decision, rule, null, List.of(), null);
  }

  /** Returns the cosine to the nearest friend; null when none was compared. */
  public @Nullable Float score() {
    return candidates.isEmpty() ? null : candidates.getFirst().getScore();
  }

  FaceMatch taken() {
    return new FaceMatch(
        MatchDecision.NO_MATCH, MatchRule.FRIEND_TAKEN_BY_BETTER_FACE, null, candidates, margin);
  }
}
