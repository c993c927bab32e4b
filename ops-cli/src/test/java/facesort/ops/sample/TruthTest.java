package facesort.ops.sample;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.sample.Truth.Comparison;
import facesort.ops.sample.Truth.Found;
import facesort.ops.sample.Truth.Kind;
import facesort.ops.sample.Truth.Pair;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TruthTest {
  private static final Truth TRUTH = Truth.load();
  private static final List<SampleFriend> FRIENDS = SampleFriends.load().friends();

  @Test
  void friends_areEight_withNamesOfTheirOwn() {
    assertThat(FRIENDS).hasSize(8).extracting(SampleFriend::name).doesNotHaveDuplicates();
  }

  @Test
  void pairs_areUnique_andNameFriendsOnly() {
    assertThat(TRUTH.pairs())
        .extracting(pair -> new Found(pair.photo(), pair.friend()))
        .doesNotHaveDuplicates();
    assertThat(TRUTH.pairs().stream().map(Pair::friend).collect(Collectors.toSet()))
        .isEqualTo(FRIENDS.stream().map(SampleFriend::name).collect(Collectors.toSet()));
  }

  @Test
  void kind_isDerived_exactlyForPhotosMadeByCode() {
    assertThat(TRUTH.pairs())
        .allMatch(
            pair -> (pair.kind() == Kind.DERIVED) == pair.photo().startsWith(SamplePhotos.DERIVED));
  }

  @Test
  void friends_areOnThePhotoTheirReferenceIsCutFrom() {
    assertThat(found()).containsAll(FRIENDS.stream().map(TruthTest::ownPhoto).toList());
  }

  @Test
  void onePersonAlone_isOnTwoRealPhotos() {
    Map<String, Long> real =
        TRUTH.pairs().stream()
            .filter(pair -> pair.kind() == Kind.REAL)
            .collect(Collectors.groupingBy(Pair::friend, Collectors.counting()));
    SampleFriend other = SampleFriends.load().otherReference();

    assertThat(real.entrySet().stream().filter(entry -> entry.getValue() > 1))
        .containsExactly(Map.entry(other.name(), 2L));
    assertThat(found()).contains(ownPhoto(other));
  }

  @Test
  void compare_forgivesOneMissingPair_andNoWrongOne() {
    Set<Found> found = found();
    found.remove(ownPhoto(FRIENDS.getFirst()));
    Comparison oneMissing = TRUTH.compare(found);
    found.add(new Found("landscape.jpg", FRIENDS.getFirst().name()));
    Comparison oneWrong = TRUTH.compare(found);

    assertThat(oneMissing.missing()).containsExactly(ownPhoto(FRIENDS.getFirst()));
    assertThat(oneMissing.isGoodEnough()).isTrue();
    assertThat(oneWrong.wrong()).hasSize(1);
    assertThat(oneWrong.isGoodEnough()).isFalse();
    assertThat(TRUTH.compare(Set.of()).isGoodEnough()).isFalse();
  }

  @Test
  void right_isCountedByKind() {
    Comparison all = TRUTH.compare(found());
    Comparison one = TRUTH.compare(Set.of(new Found("sample1.jpg", "Ada")));

    assertThat(all.right(Kind.REAL)).isEqualTo(9);
    assertThat(all.right(Kind.DERIVED)).isEqualTo(12);
    assertThat(one.right(Kind.REAL)).isOne();
    assertThat(one.right(Kind.DERIVED)).isZero();
  }

  @Test
  void contents_countsEachKindOfFile() {
    assertThat(
            SamplePhotos.contents(
                List.of(
                    "sample1.jpg", "sample2.jpg", "derived-x.jpg", "landscape.jpg", "corrupt.jpg")))
        .isEqualTo("2 real, 1 derived from them by code, 1 without faces, 1 corrupt");
  }

  private static Set<Found> found() {
    return TRUTH.pairs().stream()
        .map(pair -> new Found(pair.photo(), pair.friend()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Found ownPhoto(SampleFriend friend) {
    return new Found(friend.photo(), friend.name());
  }
}
