package facesort.inference.enroll;

import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.face.Embedding;
import facesort.schemas.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Refuses references of a friend that show somebody else. Each is compared with all others: those
 * that reach the limit with one another, directly or through others, are a group, and the largest
 * group is the friend. Two references that disagree, or groups of one size, leave nobody who could
 * say which are right: then none is taken, since the wrong ones would send photos to a stranger.
 *
 * @param limit least cosine between two pictures of one person that are told to be that
 */
public record OnePerson(float limit) {
  /** What was measured: 2 % of pairs of one person are below, 6 % of pairs of two are not. */
  public static final OnePerson DEFAULT = new OnePerson(0.30f);

  /** Returns the verdicts in their order, accepted ones refused where they disagree. */
  public List<ReferenceVerdict> agreeing(List<ReferenceVerdict> verdicts) {
    Map<Integer, Embedding> taken = new TreeMap<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i) instanceof Accepted accepted) {
        taken.put(i, accepted.embedding());
      }
    }
    Set<Integer> friend = largest(groups(taken));
    List<ReferenceVerdict> agreeing = new ArrayList<>(verdicts);
    taken.forEach((place, face) -> {
      if (!friend.contains(place)) {
        Set<Integer> others = new TreeSet<>(friend.isEmpty() ? taken.keySet() : friend);
        others.remove(place);
        agreeing.set(place, outlier(nearest(face, others, taken), friend.isEmpty()));
      }
    });
    return agreeing;
  }

  /** Groups that are linked by pairs which reach the limit, as places of their faces. */
  private List<Set<Integer>> groups(Map<Integer, Embedding> faces) {
    List<Set<Integer>> groups = new ArrayList<>();
    faces.forEach((place, face) -> {
      Set<Integer> joined = new TreeSet<>(Set.of(place));
      groups.removeIf(group -> nearest(face, group, faces) >= limit && joined.addAll(group));
      groups.add(joined);
    });
    return groups;
  }

  /** None when two are the largest. */
  private static Set<Integer> largest(List<Set<Integer>> groups) {
    int size = groups.stream().mapToInt(Set::size).max().orElse(0);
    List<Set<Integer>> largest = groups.stream().filter(group -> group.size() == size).toList();
    return largest.size() == 1 ? largest.getFirst() : Set.of();
  }

  private Refused outlier(float nearest, boolean nobodyIsKnown) {
    return new Refused(
        FailureCode.OUTLIER,
        1,
        String.format(
            Locale.ROOT,
            nobodyIsKnown
                ? "The references do not agree who the friend is: cosine %.2f to the nearest other,"
                    + " at least %.2f is needed; send photos of the friend alone, best three or more"
                : "The face is not that of the other references: cosine %.2f to the nearest, at"
                    + " least %.2f is needed; leave this photo out",
            nearest,
            limit));
  }

  private static float nearest(Embedding face, Set<Integer> others, Map<Integer, Embedding> faces) {
    float nearest = Float.NEGATIVE_INFINITY;
    for (int other : others) {
      nearest = Math.max(nearest, face.cosine(Objects.requireNonNull(faces.get(other))));
    }
    return nearest;
  }
}
