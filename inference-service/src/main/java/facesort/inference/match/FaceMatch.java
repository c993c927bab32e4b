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
 * @param score cosine to that friend, or to the nearest when there is none; null when none was
 *     compared
 * @param margin best score minus the next friend's; null with fewer than two friends
 * @param candidates the five friends that are nearest, best first
 */
public record FaceMatch(
    MatchDecision decision,
    MatchRule rule,
    @Nullable String friendId,
    @Nullable Float score,
    @Nullable Float margin,
    List<MatchCandidate> candidates) {
  /** Copies the candidates. */
  public FaceMatch {
    candidates = List.copyOf(candidates);
  }
}
