package facesort.delivery.send;

import facesort.delivery.ledger.ReleasedPair;
import java.util.ArrayList;
import java.util.List;

/** Cuts a friend's photos into requests. Pure. */
final class Albums {

  private Albums() {}

  /**
   * Every photo in exactly one album, in the order given. A photo that is large, of unknown size or
   * asked to go alone has an album for itself and does not break the albums around it.
   */
  static List<List<ReleasedPair>> cut(List<ReleasedPair> pairs, AlbumLimits limits) {
    var albums = new ArrayList<List<ReleasedPair>>();
    var open = new ArrayList<ReleasedPair>();
    long bytes = 0;
    for (var pair : pairs) {
      if (goesAlone(pair, limits)) {
        albums.add(List.of(pair));
        continue;
      }
      if (!open.isEmpty()
          && (open.size() == limits.photos() || bytes + length(pair) > limits.albumBytes())) {
        albums.add(List.copyOf(open));
        open.clear();
        bytes = 0;
      }
      open.add(pair);
      bytes += length(pair);
    }
    if (!open.isEmpty()) {
      albums.add(List.copyOf(open));
    }
    return albums;
  }

  private static boolean goesAlone(ReleasedPair pair, AlbumLimits limits) {
    var length = pair.source().getLength();
    return pair.alone() || length == null || length > limits.photoBytes();
  }

  private static long length(ReleasedPair pair) {
    var length = pair.source().getLength();
    return length == null ? 0 : length;
  }
}
