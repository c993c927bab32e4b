package facesort.bench.pipeline;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was seen on a photo.
 *
 * @param faces how many
 * @param friends ids of those who were recognised beyond doubt
 */
record Seen(int faces, SortedSet<String> friends) {
  Seen {
    friends = new TreeSet<>(friends);
  }
}
