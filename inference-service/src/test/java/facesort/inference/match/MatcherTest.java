package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchRule;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
  private static final String SPACE = "space";
  private final Matcher matcher = new Matcher(new MatchPolicy(0.50f, 0.08f, 0.40f));

  @ParameterizedTest
  @CsvSource({
    // best, next, decision, rule
    "0.90, 0.10, MATCHED,  ACCEPTED",
    "0.50, 0.10, MATCHED,  ACCEPTED",
    "0.60, 0.51, MATCHED,  ACCEPTED",
    "0.60, 0.53, REVIEW,   MARGIN_TOO_SMALL",
    "0.49, 0.10, REVIEW,   IN_REVIEW_BAND",
    "0.49, 0.48, REVIEW,   IN_REVIEW_BAND",
    "0.40, 0.10, REVIEW,   IN_REVIEW_BAND",
    "0.39, 0.10, NO_MATCH, BELOW_REVIEW_BAND",
    "-0.2, -0.3, NO_MATCH, BELOW_REVIEW_BAND",
  })
  void match_decidesByScoreAndMargin(
      float best, float next, MatchDecision decision, MatchRule rule) {
    // The third direction is the face's own: only the cosines to the friends count.
    List<GalleryFriend> friends = List.of(friend("anna", 1, 0, 0), friend("ben", 0, 1, 0));
    Embedding face = Embedding.of(best, next, rest(best, next));

    FaceMatch match = only(match(List.of(face), SPACE, friends));

    assertThat(match.decision()).isEqualTo(decision);
    assertThat(match.rule()).isEqualTo(rule);
    assertThat(match.friendId()).isEqualTo(decision == MatchDecision.NO_MATCH ? null : "anna");
    assertThat(match.score()).isEqualTo(best);
    assertThat(match.margin()).isCloseTo(best - next, offset(1e-6f));
  }

  @Test
  void match_ofEqualScores_prefersTheSmallerFriendId_inAnyOrder() {
    List<GalleryFriend> friends = List.of(friend("ben", 1, 0), friend("anna", 1, 0));

    FaceMatch match = only(match(List.of(Embedding.of(1, 0)), SPACE, friends));
    FaceMatch swapped = only(match(List.of(Embedding.of(1, 0)), SPACE, friends.reversed()));

    assertThat(match.friendId()).isEqualTo("anna");
    assertThat(match.rule()).isEqualTo(MatchRule.MARGIN_TOO_SMALL);
    assertThat(swapped).isEqualTo(match);
  }

  @Test
  void match_withOneFriend_needsNoMargin() {
    FaceMatch match =
        only(match(List.of(Embedding.of(1, 0)), SPACE, List.of(friend("anna", 1, 0))));

    assertThat(match.decision()).isEqualTo(MatchDecision.MATCHED);
    assertThat(match.margin()).isNull();
  }

  @Test
  void match_usesAFriendsBestExemplar() {
    GalleryFriend anna =
        new GalleryFriend(
            "anna", 7, SPACE, List.of(Embedding.of(0, 1), Embedding.of(1, 0), Embedding.of(1, 0)));

    FaceMatch match = only(match(List.of(Embedding.of(1, 0)), SPACE, List.of(anna)));

    assertThat(match.candidates()).containsExactly(new MatchCandidate("anna", 1f, 1, 7L));
  }

  @Test
  void match_givesAFriendToTheBestFaceOnly() {
    List<GalleryFriend> friends = List.of(friend("anna", 1, 0, 0), friend("ben", 0, 1, 0));
    Embedding good = Embedding.of(0.7f, 0, rest(0.7f, 0));
    Embedding better = Embedding.of(0.8f, 0, rest(0.8f, 0));

    List<FaceMatch> matches = match(List.of(good, better, good), SPACE, friends);

    assertThat(matches).extracting(FaceMatch::friendId).containsExactly(null, "anna", null);
    assertThat(matches.getFirst().rule()).isEqualTo(MatchRule.FRIEND_TAKEN_BY_BETTER_FACE);
    assertThat(matches.getFirst().score()).isEqualTo(0.7f);
  }

  @Test
  void match_prefersAnAcceptedFaceToABetterUncertainOne_whichAPersonIsAskedAbout() {
    List<GalleryFriend> friends = List.of(friend("anna", 1, 0, 0), friend("ben", 0, 1, 0));
    Embedding uncertain = Embedding.of(0.65f, 0.6f, rest(0.65f, 0.6f));
    Embedding certain = Embedding.of(0.6f, 0, rest(0.6f, 0));

    List<FaceMatch> matches = match(List.of(uncertain, certain), SPACE, friends);

    assertThat(matches).extracting(FaceMatch::friendId).containsExactly("ben", "anna");
    assertThat(matches.getFirst().rule()).isEqualTo(MatchRule.SECOND_CHOICE);
    assertThat(matches.getFirst().score()).isEqualTo(0.6f);
    assertThat(matches.getLast().rule()).isEqualTo(MatchRule.ACCEPTED);
  }

  @Test
  void match_ofEqualFaces_takesTheFirst() {
    Embedding face = Embedding.of(1, 0);

    List<FaceMatch> matches = match(List.of(face, face), SPACE, List.of(friend("anna", 1, 0)));

    assertThat(matches).extracting(FaceMatch::friendId).containsExactly("anna", null);
  }

  @Test
  void match_recordsTheFiveBest() {
    List<GalleryFriend> friends =
        IntStream.range(0, 8).mapToObj(i -> friend("friend" + i, 1, i)).toList();

    FaceMatch match = only(match(List.of(Embedding.of(1, 0)), SPACE, friends));

    assertThat(match.candidates())
        .extracting(MatchCandidate::getFriendId)
        .containsExactly("friend0", "friend1", "friend2", "friend3", "friend4");
  }

  @Test
  void match_withoutNumbersToCompare_saysWhy() {
    List<GalleryFriend> anna = List.of(friend("anna", 1, 0));

    assertThat(rule(Embedding.of(1, 0), SPACE, List.of())).isEqualTo(MatchRule.NO_FRIENDS);
    assertThat(rule(Embedding.of(1, 0), "other", anna)).isEqualTo(MatchRule.OTHER_SPACE);
    assertThat(rule(Embedding.of(Float.NaN, 0), SPACE, anna))
        .isEqualTo(MatchRule.INVALID_EMBEDDING);
    assertThat(rule(Embedding.of(Float.POSITIVE_INFINITY, 0), SPACE, anna))
        .isEqualTo(MatchRule.INVALID_EMBEDDING);
    assertThat(rule(Embedding.of(0, 0), SPACE, anna)).isEqualTo(MatchRule.INVALID_EMBEDDING);
    assertThat(rule(Embedding.of(1, 0, 0), SPACE, anna)).isEqualTo(MatchRule.INVALID_EMBEDDING);
    assertThat(rule(null, SPACE, anna)).isEqualTo(MatchRule.NO_EMBEDDING);
  }

  @Test
  void match_neverPrefersAFriendWithoutNumbers() {
    List<GalleryFriend> friends = List.of(friend("a", Float.NaN, 0), friend("b", 0.6f, 0.8f));

    FaceMatch match = only(match(List.of(Embedding.of(1, 0)), SPACE, friends));

    assertThat(match.friendId()).isEqualTo("b");
    assertThat(match.candidates()).hasSize(1);
  }

  @Test
  void policy_refusesAReviewBandAboveTheThreshold() {
    assertThatThrownBy(() -> new MatchPolicy(0.5f, 0.1f, 0.6f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reviewFrom 0.6");
  }

  private List<FaceMatch> match(
      List<? extends @Nullable Embedding> faces, String space, List<GalleryFriend> friends) {
    return matcher.match(faces, space, Gallery.of(friends));
  }

  private MatchRule rule(@Nullable Embedding face, String space, List<GalleryFriend> friends) {
    return only(match(Collections.singletonList(face), space, friends)).rule();
  }

  private static FaceMatch only(List<FaceMatch> matches) {
    assertThat(matches).hasSize(1);
    return matches.getFirst();
  }

  private static GalleryFriend friend(String id, float... values) {
    return new GalleryFriend(id, 1, SPACE, List.of(Embedding.of(values)));
  }

  private static float rest(float... values) {
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
    return (float) Math.sqrt(1 - squares);
  }
}
