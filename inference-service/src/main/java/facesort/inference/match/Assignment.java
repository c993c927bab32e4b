package facesort.inference.match;

import facesort.schemas.MatchCandidate;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Gives faces to friends: at most one face per friend and one friend per face, so that the sum of
 * the scores is the largest there is. Among several such answers the one is taken in which the
 * first face has a friend, and the one with the smallest id; then the second face, and so on.
 *
 * <p>The sum is exact: every float is a whole number of 2^-149. The order among equal sums is
 * carried in further binary places below, so that no two answers are worth the same and nothing
 * depends on the way they are looked for. Faces are added one by one, each by the best alternating
 * path from it (the Hungarian method on a sparse graph).
 */
final class Assignment {
  private static final int NOBODY = -1;
  private static final int MANTISSA_BITS = 23;

  /** How a face is reached: what is gained so far, and who takes its friend by which wish. */
  private record Step(BigInteger gain, int taker, int wish) {}

  /** Where a path ends: the face takes this wish of its own, or nobody. */
  private record End(BigInteger gain, int face, int wish) {}

  private final List<List<MatchCandidate>> wishes;
  private final List<List<BigInteger>> worth;
  private final Map<String, Integer> holders = new HashMap<>();
  private final int[] taken;

  private Assignment(List<List<MatchCandidate>> wishes) {
    this.wishes = wishes;
    this.worth = worth(wishes);
    this.taken = new int[wishes.size()];
    Arrays.fill(taken, NOBODY);
  }

  /**
   * Returns the friend of each face that gets one.
   *
   * @param wishes for each face the friends that it may be, their scores above 0
   */
  static Map<Integer, String> of(List<List<MatchCandidate>> wishes) {
    Assignment assignment = new Assignment(wishes);
    for (int face = 0; face < wishes.size(); face++) {
      assignment.add(face);
    }
    Map<Integer, String> friends = new TreeMap<>();
    assignment.holders.forEach((friend, face) -> friends.put(face, friend));
    return friends;
  }

  private void add(int face) {
    Map<Integer, Step> reached = reach(face);
    End end =
        reached.keySet().stream()
            .map(last -> end(last, reached))
            .max(Comparator.comparing(End::gain))
            .orElseThrow();
    take(end.face(), end.wish());
    int last = end.face();
    while (last != face) {
      Step step = step(reached, last);
      take(step.taker(), step.wish());
      last = step.taker();
    }
  }

  /** Finds the best path to each face that can be made to give its friend away. */
  private Map<Integer, Step> reach(int start) {
    Map<Integer, Step> reached = new HashMap<>();
    reached.put(start, new Step(BigInteger.ZERO, NOBODY, NOBODY));
    Queue<Integer> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      int face = open.remove();
      for (int wish = 0; wish < wishes.get(face).size(); wish++) {
        Integer holder = holders.get(friend(face, wish));
        if (holder != null && holder != face && improve(reached, face, wish, holder)) {
          open.add(holder);
        }
      }
    }
    return reached;
  }

  private boolean improve(Map<Integer, Step> reached, int face, int wish, int holder) {
    BigInteger gain =
        step(reached, face).gain().add(worth(face, wish)).subtract(worth(holder, taken[holder]));
    Step before = reached.get(holder);
    if (before != null && before.gain().compareTo(gain) >= 0) {
      return false;
    }
    reached.put(holder, new Step(gain, face, wish));
    return true;
  }

  private End end(int face, Map<Integer, Step> reached) {
    BigInteger gain = step(reached, face).gain();
    End best = new End(gain, face, NOBODY);
    for (int wish = 0; wish < wishes.get(face).size(); wish++) {
      BigInteger more = gain.add(worth(face, wish));
      if (!holders.containsKey(friend(face, wish)) && more.compareTo(best.gain()) > 0) {
        best = new End(more, face, wish);
      }
    }
    return best;
  }

  private static Step step(Map<Integer, Step> reached, int face) {
    return Objects.requireNonNull(reached.get(face));
  }

  private void take(int face, int wish) {
    taken[face] = wish;
    if (wish != NOBODY) {
      holders.put(friend(face, wish), face);
    }
  }

  private String friend(int face, int wish) {
    return wishes.get(face).get(wish).getFriendId();
  }

  private BigInteger worth(int face, int wish) {
    return worth.get(face).get(wish);
  }

  private static List<List<BigInteger>> worth(List<List<MatchCandidate>> wishes) {
    int most = wishes.stream().mapToInt(List::size).max().orElse(0);
    int digit = Integer.SIZE - Integer.numberOfLeadingZeros(most);
    List<List<BigInteger>> worth = new ArrayList<>();
    for (int face = 0; face < wishes.size(); face++) {
      List<MatchCandidate> own = wishes.get(face);
      List<String> ids = own.stream().map(MatchCandidate::getFriendId).sorted().toList();
      int place = digit * (wishes.size() - 1 - face);
      worth.add(
          own.stream()
              .map(wish ->
                  exact(wish.getScore())
                      .shiftLeft(digit * wishes.size())
                      .add(
                          BigInteger.valueOf(ids.size() - ids.indexOf(wish.getFriendId()))
                              .shiftLeft(place)))
              .toList());
    }
    return worth;
  }

  /** Returns how many times 2^-149 a score is. */
  private static BigInteger exact(float score) {
    int exponent = Math.max(Math.getExponent(score), Float.MIN_EXPONENT);
    long mantissa = (long) Math.scalb((double) score, MANTISSA_BITS - exponent);
    return BigInteger.valueOf(mantissa).shiftLeft(exponent - Float.MIN_EXPONENT);
  }
}
