package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the five friends nearest to a face, among those with exemplars of one space and dimension.
 * The answer is exact: all cosines are told nearly by {@link ExemplarBlocks}, and whoever could be
 * among the five for all its error is compared again in double, from the embeddings as they came.
 * Immutable.
 */
final class NearestFriends {
  static final int MOST = 5;
  private static final int FACES_AT_ONCE = 32;

  /** So few are compared in double sooner than looked over. */
  private static final int FEW = 16;

  private static final Comparator<MatchCandidate> NEAREST_FIRST =
      Comparator.comparingDouble(MatchCandidate::getScore)
          .reversed()
          .thenComparing(MatchCandidate::getFriendId);

  /** A friend's exemplars in the blocks: from this one to before that one. */
  private record Range(GalleryFriend friend, int from, int end) {}

  private final List<Range> ranges = new ArrayList<>();
  private final List<Embedding> exemplars = new ArrayList<>();
  private final int[] numbers;
  private final ExemplarBlocks blocks;
  private final double reach;

  /** Takes the exemplars of this dimension that can be compared. */
  NearestFriends(List<GalleryFriend> friends, int dimension) {
    List<Integer> all = new ArrayList<>();
    for (GalleryFriend friend : friends) {
      int from = exemplars.size();
      for (int number = 0; number < friend.exemplars().size(); number++) {
        Embedding exemplar = friend.exemplars().get(number);
        if (exemplar.dimension() == dimension && exemplar.isComparable()) {
          exemplars.add(exemplar);
          all.add(number);
        }
      }
      if (exemplars.size() > from) {
        ranges.add(new Range(friend, from, exemplars.size()));
      }
    }
    numbers = all.stream().mapToInt(Integer::intValue).toArray();
    boolean few = exemplars.size() <= FEW;
    blocks = ExemplarBlocks.of(dimension, few ? List.of() : exemplars);
    reach = few ? Double.POSITIVE_INFINITY : 2 * ExemplarBlocks.error(dimension);
  }

  /** Returns for each face, all of them comparable, up to five friends, the nearest first. */
  List<List<MatchCandidate>> of(List<Embedding> faces) {
    List<List<MatchCandidate>> nearest = new ArrayList<>();
    for (int from = 0; from < faces.size(); from += FACES_AT_ONCE) {
      List<Embedding> some = faces.subList(from, Math.min(from + FACES_AT_ONCE, faces.size()));
      float[][] cosines =
          reach == Double.POSITIVE_INFINITY
              ? new float[some.size()][exemplars.size()]
              : blocks.cosines(some);
      for (int face = 0; face < some.size(); face++) {
        nearest.add(nearest(some.get(face), cosines[face]));
      }
    }
    return nearest;
  }

  /**
   * A friend is left out only when twice the error below the fifth: its right score is then below
   * those of five others. So is an exemplar that far below its friend's best.
   */
  private List<MatchCandidate> nearest(Embedding face, float[] cosines) {
    float[] highest = new float[ranges.size()];
    for (int i = 0; i < highest.length; i++) {
      highest[i] = highest(cosines, ranges.get(i));
    }
    double least = fifth(highest) - reach;
    List<MatchCandidate> candidates = new ArrayList<>();
    for (int i = 0; i < highest.length; i++) {
      if (highest[i] >= least) {
        candidates.add(exact(face, ranges.get(i), cosines, highest[i] - reach));
      }
    }
    return candidates.stream().sorted(NEAREST_FIRST).limit(MOST).toList();
  }

  private MatchCandidate exact(Embedding face, Range range, float[] cosines, double least) {
    float best = Float.NEGATIVE_INFINITY;
    int number = 0;
    for (int i = range.from(); i < range.end(); i++) {
      if (cosines[i] >= least) {
        float score = face.cosine(exemplars.get(i));
        if (score > best) {
          best = score;
          number = numbers[i];
        }
      }
    }
    GalleryFriend friend = range.friend();
    return new MatchCandidate(friend.friendId(), best, number, friend.profileVersion());
  }

  private static float highest(float[] cosines, Range range) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = range.from(); i < range.end(); i++) {
      highest = Math.max(highest, cosines[i]);
    }
    return highest;
  }

  /** Returns the fifth largest; less than any when there are not so many. */
  private static float fifth(float[] values) {
    float[] largest = new float[MOST];
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    for (float value : values) {
      if (value > largest[0]) {
        largest[0] = value;
        for (int i = 1; i < MOST && largest[i - 1] > largest[i]; i++) {
          largest[i - 1] = largest[i];
          largest[i] = value;
        }
      }
    }
    return largest[0];
  }
}
