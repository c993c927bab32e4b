package facesort.ops.sample;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is on which of the demo's photos, {@code truth.json}: looked up by eye, not by the program.
 *
 * @param pairs every friend on every photo, and nothing else
 */
public record Truth(List<Pair> pairs) {

  /** The committed file. */
  public static Truth load() {
    return Resource.read("truth.json", Truth.class);
  }

  /**
   * Compares what was found with what is true.
   *
   * @param found pairs of photo and friend
   */
  public Comparison compare(Set<Found> found) {
    Set<Found> real =
        pairs.stream()
            .map(pair -> new Found(pair.photo(), pair.friend()))
            .collect(Collectors.toUnmodifiableSet());
    return new Comparison(
        pairs.stream()
            .filter(pair -> found.contains(new Found(pair.photo(), pair.friend())))
            .collect(Collectors.toUnmodifiableSet()),
        found.stream().filter(pair -> !real.contains(pair)).collect(Collectors.toSet()),
        real.stream().filter(pair -> !found.contains(pair)).collect(Collectors.toSet()));
  }

  /** Whether a photo was taken, or made from one. */
  public enum Kind {
    /** As it was taken. */
    REAL,
    /** Made by code from one that was taken. */
    DERIVED
  }

  /**
   * A friend who is on a photo.
   *
   * @param photo file name
   * @param friend name
   */
  public record Pair(String photo, String friend, Kind kind) {}

  /**
   * A friend who is said to be on a photo.
   *
   * @param photo file name
   * @param friend name
   */
  public record Found(String photo, String friend) {}

  /**
   * What is as it should be, and what is not.
   *
   * @param right people found who are on the photo
   * @param wrong photos said to show somebody who is not on them
   * @param missing people not found
   */
  public record Comparison(Set<Pair> right, Set<Found> wrong, Set<Found> missing) {
    private static final int MOST_MISSING = 1;

    /** Number of right pairs on photos of a kind. */
    public long right(Kind kind) {
      return right.stream().filter(pair -> pair.kind() == kind).count();
    }

    /** Nobody gets a stranger's photo, and at most one true pair is missed. */
    public boolean isGoodEnough() {
      return wrong.isEmpty() && missing.size() <= MOST_MISSING;
    }
  }
}
