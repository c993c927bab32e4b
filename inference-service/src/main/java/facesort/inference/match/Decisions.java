package facesort.inference.match;

import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about all faces of a photo from their recorded scores and the recorded limits alone: who
 * has the record can decide again and gets the same.
 *
 * <p>First each friend gets the best of the faces that are his or hers beyond doubt. Only then the
 * other faces and the other friends are brought together as well as possible, and of those a person
 * is asked. So what is in doubt never takes a friend from a face that is not, and nothing is
 * accepted for want of another friend.
 */
final class Decisions {
  private final List<FaceScores> faces;
  private final MatchPolicy policy;
  private final Map<String, Integer> certain = new HashMap<>();

  private Decisions(List<FaceScores> faces, MatchPolicy policy) {
    this.faces = faces;
    this.policy = policy;
  }

  /** Returns one decision per face, in their order. */
  static List<FaceMatch> of(List<FaceScores> faces, MatchPolicy policy) {
    return new Decisions(faces, policy).decide();
  }

  private List<FaceMatch> decide() {
    for (int face = 0; face < faces.size(); face++) {
      if (alone(faces.get(face)) == MatchRule.ACCEPTED) {
        certain.merge(best(face).getFriendId(), face, this::better);
      }
    }
    Map<Integer, String> assigned =
        Assignment.of(IntStream.range(0, faces.size()).mapToObj(this::wishes).toList());
    return IntStream.range(0, faces.size())
        .mapToObj(face ->
            isCertain(face)
                ? faces.get(face).with(MatchDecision.MATCHED, MatchRule.ACCEPTED, best(face))
                : inDoubt(face, assigned.get(face)))
        .toList();
  }

  /** What a face would be if it were the only one. Written so that NaN is never a match. */
  private MatchRule alone(FaceScores face) {
    if (face.uncompared() != null) {
      return face.uncompared();
    }
    float score = face.candidates().getFirst().getScore();
    if (!isEligible(score)) {
      return MatchRule.BELOW_REVIEW_BAND;
    }
    if (score < policy.threshold()) {
      return MatchRule.IN_REVIEW_BAND;
    }
    Float margin = face.margin();
    return margin == null || margin >= policy.margin()
        ? MatchRule.ACCEPTED
        : MatchRule.MARGIN_TOO_SMALL;
  }

  private boolean isEligible(float score) {
    return score >= policy.reviewFrom() && score > 0;
  }

  private MatchCandidate best(int face) {
    return faces.get(face).candidates().getFirst();
  }

  private int better(int earlier, int later) {
    return best(later).getScore() > best(earlier).getScore() ? later : earlier;
  }

  private boolean isCertain(int face) {
    return certain.containsValue(face);
  }

  /** What is left for a face once the certain ones have their friends. */
  private List<MatchCandidate> wishes(int face) {
    return isCertain(face)
        ? List.of()
        : faces.get(face).candidates().stream()
            .filter(candidate -> isEligible(candidate.getScore()))
            .filter(candidate -> !certain.containsKey(candidate.getFriendId()))
            .toList();
  }

  private FaceMatch inDoubt(int face, @Nullable String friendId) {
    FaceScores scores = faces.get(face);
    MatchRule alone = alone(scores);
    if (friendId != null) {
      MatchCandidate friend = scores.candidate(friendId);
      MatchRule rule = friend.equals(best(face)) ? alone : MatchRule.SECOND_CHOICE;
      return scores.with(MatchDecision.REVIEW, rule, friend);
    }
    if (alone == MatchRule.NO_EMBEDDING) {
      return scores.with(MatchDecision.SKIPPED, alone, null);
    }
    boolean hadNobody = scores.uncompared() != null || alone == MatchRule.BELOW_REVIEW_BAND;
    MatchRule rule = hadNobody ? alone : MatchRule.FRIEND_TAKEN_BY_BETTER_FACE;
    return scores.with(MatchDecision.NO_MATCH, rule, null);
  }
}
