package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Group photos: each face is written as the scores of its friends, the best first. */
class DecisionsTest {
  private static final MatchPolicy POLICY = new MatchPolicy(0.5f, 0.08f, 0.4f);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two friends, two faces       | a.80 b.10; b.70 a.10 | a ACCEPTED; b ACCEPTED
          the better of two good ones  | a.60 b.10; a.80 b.10 | - FRIEND_TAKEN_BY_BETTER_FACE; a ACCEPTED
          the loser's other friend     | a.60 b.45; a.80 b.10 | b SECOND_CHOICE; a ACCEPTED
          the better one keeps it though the sum would be larger \
                                       | a.60 b.45; a.55      | a ACCEPTED; - FRIEND_TAKEN_BY_BETTER_FACE
          a good second choice is not accepted | a.90 b.75; a.95 b.20 | b SECOND_CHOICE; a ACCEPTED
          certain before higher        | a.65 b.60; a.60 c.10 | b SECOND_CHOICE; a ACCEPTED
          twins, both on the photo     | a.70 b.68; b.67 a.66 | a MARGIN_TOO_SMALL; b MARGIN_TOO_SMALL
          twins, one on the photo      | a.70 b.68            | a MARGIN_TOO_SMALL
          twins, both nearer to one    | a.70 b.69; a.68 b.62 | b SECOND_CHOICE; a MARGIN_TOO_SMALL
          all in the review band       | a.49 b.48; a.45      | b SECOND_CHOICE; a IN_REVIEW_BAND
          a stranger is nobody         | a.80 b.10; a.39 b.38 | a ACCEPTED; - BELOW_REVIEW_BAND
          a stranger like a friend     | a.80 b.10; a.55 b.20 | a ACCEPTED; - FRIEND_TAKEN_BY_BETTER_FACE
          equal faces: the first       | a.80 b.10; a.80 b.10 | a ACCEPTED; - FRIEND_TAKEN_BY_BETTER_FACE
          equal friends: the smaller id| a.60 b.60; a.60 b.60 | a MARGIN_TOO_SMALL; b SECOND_CHOICE
          one friend needs no margin   | a.50                 | a ACCEPTED
          limits belong to what they begin | a.50 b.42; c.40 b.10 | a ACCEPTED; c IN_REVIEW_BAND
          """)
  void decisions_ofAPhoto(String name, String faces, String expected) {
    List<FaceMatch> matches = Decisions.of(photo(faces), POLICY);

    assertThat(matches)
        .extracting(
            match -> (match.friendId() == null ? "-" : match.friendId()) + " " + match.rule())
        .as(name)
        .containsExactly(expected.split("; "));
  }

  @Test
  void scoreAndMargin_areTheFriendsScore_andTheBestMinusTheNext() {
    List<FaceMatch> matches =
        Decisions.of(photo("a.75 b.625 c.50; a.875 b.125; a.625 d.125"), POLICY);

    assertThat(matches).extracting(FaceMatch::friendId).containsExactly("b", "a", null);
    assertThat(matches).extracting(FaceMatch::score).containsExactly(0.625f, 0.875f, 0.625f);
    assertThat(matches).extracting(FaceMatch::margin).containsExactly(0.125f, 0.75f, 0.5f);
  }

  @Test
  void scoresThatAreNoNumbersOrNotPositive_areNeverAMatch_whateverTheLimits() {
    MatchPolicy all = new MatchPolicy(-1, 0, -1);

    for (float score : List.of(Float.NaN, Float.NEGATIVE_INFINITY, -0.5f, -0f, 0f)) {
      FaceScores face = FaceScores.of(List.of(new MatchCandidate("a", score, 0, 1L)));
      assertThat(Decisions.of(List.of(face), all).getFirst().rule())
          .isEqualTo(MatchRule.BELOW_REVIEW_BAND);
    }
    FaceScores unclear =
        FaceScores.of(
            List.of(
                new MatchCandidate("a", 0.9f, 0, 1L), new MatchCandidate("b", Float.NaN, 0, 1L)));
    assertThat(Decisions.of(List.of(unclear), all).getFirst().rule())
        .isEqualTo(MatchRule.MARGIN_TOO_SMALL);
  }

  @Test
  void accepted_isExactlyEachFriendsBestFaceBeyondDoubt_onAnyPhoto() {
    for (int seed = 0; seed < 5_000; seed++) {
      List<FaceScores> photo = random(seed);

      List<FaceMatch> matches = Decisions.of(photo, POLICY);

      Map<String, Integer> accepted = new HashMap<>();
      for (int face = 0; face < matches.size(); face++) {
        if (matches.get(face).decision() == MatchDecision.MATCHED) {
          accepted.put(matches.get(face).friendId(), face);
        }
      }
      assertThat(accepted).as("seed " + seed).isEqualTo(bestBeyondDoubt(photo));
    }
  }

  @Test
  void everyFriendIsOnAPhotoOnceAtMost_andReviewsAreOfEligibleFriends() {
    for (int seed = 0; seed < 5_000; seed++) {
      Set<String> seen = new HashSet<>();
      for (FaceMatch match : Decisions.of(random(seed), POLICY)) {
        if (match.friendId() != null) {
          assertThat(seen.add(match.friendId())).as("seed " + seed).isTrue();
          assertThat(match.score()).isGreaterThanOrEqualTo(POLICY.reviewFrom());
        }
      }
    }
  }

  private static Map<String, Integer> bestBeyondDoubt(List<FaceScores> photo) {
    Map<String, Integer> best = new HashMap<>();
    for (int face = 0; face < photo.size(); face++) {
      List<MatchCandidate> candidates = photo.get(face).candidates();
      float score = candidates.getFirst().getScore();
      boolean certain =
          score >= POLICY.threshold()
              && (candidates.size() < 2 || score - candidates.get(1).getScore() >= POLICY.margin());
      String friend = candidates.getFirst().getFriendId();
      Integer other = best.get(friend);
      if (certain
          && (other == null || score > photo.get(other).candidates().getFirst().getScore())) {
        best.put(friend, face);
      }
    }
    return best;
  }

  private static List<FaceScores> random(int seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int steps = random.nextBoolean() ? 10 : 1 << 20;
    return IntStream.range(0, random.nextInt(8))
        .mapToObj(_ -> {
          List<MatchCandidate> candidates = new ArrayList<>();
          for (int friend = 0; friend < 1 + random.nextInt(5); friend++) {
            float score = 0.3f + 0.5f * random.nextInt(steps) / steps;
            candidates.add(new MatchCandidate("f" + friend, score, 0, 1L));
          }
          candidates.sort(Comparator.comparingDouble(MatchCandidate::getScore).reversed());
          return FaceScores.of(candidates);
        })
        .toList();
  }

  private static List<FaceScores> photo(String faces) {
    return Arrays.stream(faces.split("; "))
        .map(face ->
            FaceScores.of(
                Arrays.stream(face.strip().split(" "))
                    .map(score ->
                        new MatchCandidate(
                            score.substring(0, 1), Float.parseFloat(score.substring(1)), 0, 1L))
                    .toList()))
        .toList();
  }
}
