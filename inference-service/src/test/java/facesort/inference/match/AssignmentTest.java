package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.MatchCandidate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
  private static final List<String> FRIENDS = List.of("anna", "ben", "cleo", "dora", "emil", "fay");

  @Test
  void assignment_prefersTheLargerSumToTheLargerScore() {
    List<List<MatchCandidate>> wishes =
        List.of(List.of(wish("anna", 0.6f), wish("ben", 0.5f)), List.of(wish("anna", 0.55f)));

    assertThat(Assignment.of(wishes)).isEqualTo(Map.of(0, "ben", 1, "anna"));
  }

  @Test
  void assignment_movesAWholeChainOfFaces() {
    List<List<MatchCandidate>> wishes =
        List.of(
            List.of(wish("anna", 0.5f), wish("ben", 0.45f)),
            List.of(wish("ben", 0.5f), wish("cleo", 0.45f)),
            List.of(wish("anna", 0.5f)));

    assertThat(Assignment.of(wishes)).isEqualTo(Map.of(0, "ben", 1, "cleo", 2, "anna"));
  }

  @Test
  void assignment_canLeaveAFaceThatHadAFriendWithoutOne() {
    List<List<MatchCandidate>> wishes =
        List.of(List.of(wish("anna", 0.5f)), List.of(wish("anna", 0.6f)));

    assertThat(Assignment.of(wishes)).isEqualTo(Map.of(1, "anna"));
  }

  @Test
  void assignment_ofEqualSums_prefersEarlierFacesThenSmallerIds() {
    MatchCandidate anna = wish("anna", 0.5f);
    MatchCandidate ben = wish("ben", 0.5f);

    assertThat(Assignment.of(List.of(List.of(anna), List.of(anna)))).isEqualTo(Map.of(0, "anna"));
    assertThat(Assignment.of(List.of(List.of(ben, anna), List.of(ben, anna))))
        .isEqualTo(Map.of(0, "anna", 1, "ben"));
  }

  @Test
  void assignment_sumsWithoutRounding() {
    // In floats 0.5 + 2^-40 is 0.5.
    List<List<MatchCandidate>> wishes =
        List.of(
            List.of(wish("anna", 0.5f), wish("ben", 0x1p-40f)),
            List.of(wish("anna", 0.5f), wish("cleo", Float.MIN_VALUE)),
            List.of(wish("ben", 0x1.000002p-40f)));

    assertThat(Assignment.of(wishes)).isEqualTo(Map.of(0, "anna", 1, "cleo", 2, "ben"));
  }

  @Test
  void assignment_ofNothing_isNothing() {
    assertThat(Assignment.of(List.of())).isEmpty();
    assertThat(Assignment.of(List.of(List.of(), List.of()))).isEmpty();
  }

  /** Few different scores make ties, many make none. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1 << 24})
  void assignment_isThatOfTryingAll(int scores) {
    for (int seed = 0; seed < 1_000; seed++) {
      List<List<MatchCandidate>> wishes = random(seed, scores);

      assertThat(Assignment.of(wishes)).as("seed " + seed).isEqualTo(bruteForce(wishes));
    }
  }

  private static List<List<MatchCandidate>> random(int seed, int scores) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double density = random.nextDouble();
    int friends = 1 + random.nextInt(FRIENDS.size());
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(_ -> {
          List<MatchCandidate> wishes = new ArrayList<>();
          for (String friend : FRIENDS.subList(0, friends)) {
            if (random.nextDouble() < density) {
              wishes.add(
                  random.nextInt(wishes.size() + 1),
                  wish(friend, (1 + random.nextInt(scores)) / (float) scores));
            }
          }
          return wishes;
        })
        .toList();
  }

  /**
   * Tries in the order of the tie-break, so that the first of the best answers is the right one.
   */
  private static Map<Integer, String> bruteForce(List<List<MatchCandidate>> wishes) {
    Search search = new Search(wishes);
    search.from(0, BigDecimal.ZERO);
    return search.best;
  }

  private static final class Search {
    private final List<List<MatchCandidate>> wishes;
    private final Map<Integer, String> chosen = new TreeMap<>();
    private Map<Integer, String> best = Map.of();
    private BigDecimal bestSum = BigDecimal.ONE.negate();

    Search(List<List<MatchCandidate>> wishes) {
      this.wishes = wishes;
    }

    void from(int face, BigDecimal sum) {
      if (face == wishes.size()) {
        if (sum.compareTo(bestSum) > 0) {
          best = new TreeMap<>(chosen);
          bestSum = sum;
        }
        return;
      }
      for (String friend : FRIENDS) {
        for (MatchCandidate wish : wishes.get(face)) {
          if (wish.getFriendId().equals(friend) && !chosen.containsValue(friend)) {
            chosen.put(face, friend);
            from(face + 1, sum.add(new BigDecimal(wish.getScore())));
            chosen.remove(face);
          }
        }
      }
      from(face + 1, sum);
    }
  }

  private static MatchCandidate wish(String friend, float score) {
    return new MatchCandidate(friend, score, 0, 1L);
  }
}
