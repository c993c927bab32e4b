package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which friend each face of a photo is. Pure: the same faces and friends give the same
 * answer on every machine, in whatever order the friends come.
 */
public final class Matcher {
  private static final int MOST_CANDIDATES = 5;
  private static final Comparator<MatchCandidate> NEAREST_FIRST =
      Comparator.comparingDouble(MatchCandidate::getScore)
          .reversed()
          .thenComparing(MatchCandidate::getFriendId);
  private static final Comparator<FaceMatch> BETTER_FIRST =
      Comparator.comparing((FaceMatch match) -> match.decision() != MatchDecision.MATCHED)
          .thenComparing(Matcher::bestScore, Comparator.reverseOrder());

  private final MatchPolicy policy;

  /** Decides by these limits. */
  public Matcher(MatchPolicy policy) {
    this.policy = policy;
  }

  /**
   * Matches all faces of one photo: a friend is on it once at most, a face is one friend at most.
   *
   * @param faces embeddings; null where a face has none
   * @param spaceId embedding space of the faces; friends of other spaces are not compared
   * @param friends the owner's friends
   * @return one answer per face, in their order
   */
  public List<FaceMatch> match(
      List<? extends @Nullable Embedding> faces, String spaceId, List<GalleryFriend> friends) {
    List<GalleryFriend> comparable = comparable(spaceId, friends);
    MatchRule nobody = friends.isEmpty() ? MatchRule.NO_FRIENDS : MatchRule.OTHER_SPACE;
    List<FaceMatch> matches = new ArrayList<>();
    for (Embedding face : faces) {
      matches.add(
          comparable.isEmpty() && face != null
              ? FaceMatch.undecided(MatchDecision.NO_MATCH, nobody)
              : alone(face, comparable));
    }
    return eachFriendOnce(matches);
  }

  /** Returns the friends whose vectors may be compared with those of a space. */
  public static List<GalleryFriend> comparable(String spaceId, List<GalleryFriend> friends) {
    return friends.stream().filter(friend -> friend.spaceId().equals(spaceId)).toList();
  }

  private FaceMatch alone(@Nullable Embedding face, List<GalleryFriend> friends) {
    if (face == null) {
      return FaceMatch.undecided(MatchDecision.SKIPPED, MatchRule.NO_EMBEDDING);
    }
    List<MatchCandidate> candidates =
        friends.stream()
            .flatMap(friend -> candidate(face, friend).stream())
            .sorted(NEAREST_FIRST)
            .toList();
    if (candidates.isEmpty()) {
      return FaceMatch.undecided(MatchDecision.NO_MATCH, MatchRule.INVALID_EMBEDDING);
    }
    MatchCandidate best = candidates.getFirst();
    Float margin = candidates.size() < 2 ? null : best.getScore() - candidates.get(1).getScore();
    MatchRule rule = rule(best.getScore(), margin);
    MatchDecision decision = decision(rule);
    return new FaceMatch(
        decision,
        rule,
        decision == MatchDecision.NO_MATCH ? null : best.getFriendId(),
        candidates.stream().limit(MOST_CANDIDATES).toList(),
        margin);
  }

  private static Optional<MatchCandidate> candidate(Embedding face, GalleryFriend friend) {
    List<Embedding> exemplars = friend.exemplars();
    return IntStream.range(0, exemplars.size())
        .mapToObj(i ->
            new MatchCandidate(
                friend.friendId(), face.cosine(exemplars.get(i)), i, friend.profileVersion()))
        .filter(candidate -> !Float.isNaN(candidate.getScore()))
        .min(
            Comparator.comparingDouble(MatchCandidate::getScore)
                .reversed()
                .thenComparingInt(MatchCandidate::getExemplar));
  }

  private MatchRule rule(float score, @Nullable Float margin) {
    if (score < policy.reviewFrom()) {
      return MatchRule.BELOW_REVIEW_BAND;
    }
    if (score < policy.threshold()) {
      return MatchRule.IN_REVIEW_BAND;
    }
    return margin != null && margin < policy.margin()
        ? MatchRule.MARGIN_TOO_SMALL
        : MatchRule.ACCEPTED;
  }

  private static MatchDecision decision(MatchRule rule) {
    return switch (rule) {
      case ACCEPTED -> MatchDecision.MATCHED;
      case IN_REVIEW_BAND, MARGIN_TOO_SMALL, SECOND_CHOICE -> MatchDecision.REVIEW;
      case NO_EMBEDDING -> MatchDecision.SKIPPED;
      case BELOW_REVIEW_BAND,
          FRIEND_TAKEN_BY_BETTER_FACE,
          NO_FRIENDS,
          INVALID_EMBEDDING,
          OTHER_SPACE,
          UNKNOWN ->
          MatchDecision.NO_MATCH;
    };
  }

  private static List<FaceMatch> eachFriendOnce(List<FaceMatch> matches) {
    Map<String, Integer> winners = new HashMap<>();
    for (int i = 0; i < matches.size(); i++) {
      String friendId = matches.get(i).friendId();
      if (friendId != null) {
        winners.merge(friendId, i, (a, b) -> isBetter(matches.get(b), matches.get(a)) ? b : a);
      }
    }
    return IntStream.range(0, matches.size())
        .mapToObj(i -> {
          FaceMatch match = matches.get(i);
          return match.friendId() == null || winners.containsValue(i) ? match : match.taken();
        })
        .toList();
  }

  private static boolean isBetter(FaceMatch match, FaceMatch other) {
    return BETTER_FIRST.compare(match, other) < 0;
  }

  private static float bestScore(FaceMatch match) {
    return Objects.requireNonNull(match.score());
  }
}
