package facesort.inference.match;

import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a face is made of.
 *
 * @param candidates the five friends that are nearest, best first
 * @param uncompared why there are none; null when there are
 */
record FaceScores(List<MatchCandidate> candidates, @Nullable MatchRule uncompared) {
  /** Copies the candidates; there are some, or a reason why not. */
  FaceScores {
    if (candidates.isEmpty() == (uncompared == null)) {
      throw new IllegalArgumentException("either candidates or a reason, not " + uncompared);
    }
    candidates = List.copyOf(candidates);
  }

  static FaceScores of(List<MatchCandidate> candidates) {
    return new FaceScores(candidates, null);
  }

  static FaceScores none(MatchRule why) {
    return new FaceScores(List.of(), why);
  }

  /** Returns the best score minus the next friend's; null with fewer than two friends. */
  @Nullable Float margin() {
    return candidates.size() < 2
        ? null
        : candidates.getFirst().getScore() - candidates.get(1).getScore();
  }

  MatchCandidate candidate(String friendId) {
    return candidates.stream()
        .filter(candidate -> candidate.getFriendId().equals(friendId))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the decision; it shows the friend's score, or the best one when there is no friend. */
  FaceMatch with(MatchDecision decision, MatchRule rule, @Nullable MatchCandidate friend) {
    MatchCandidate shown = friend == null && !candidates.isEmpty() ? candidates.getFirst() : friend;
    return new FaceMatch(
        decision,
        rule,
        friend == null ? null : friend.getFriendId(),
        shown == null ? null : shown.getScore(),
        margin(),
        candidates);
  }
}
