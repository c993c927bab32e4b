package facesort.bench.match;

import facesort.inference.face.Embedding;
import facesort.inference.match.GalleryFriend;
import facesort.schemas.MatchCandidate;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Compares a face with every exemplar in double: the right answer, and what it costs as it is. */
final class NaiveLoop {
  private static final int MOST = 5;
  private static final Comparator<MatchCandidate> NEAREST_FIRST =
      Comparator.comparing(MatchCandidate::getScore, Comparator.reverseOrder())
          .thenComparing(MatchCandidate::getFriendId);

  private NaiveLoop() {}

  static List<MatchCandidate> nearest(Embedding face, List<GalleryFriend> friends) {
    PriorityQueue<MatchCandidate> nearest = new PriorityQueue<>(NEAREST_FIRST.reversed());
    for (GalleryFriend friend : friends) {
      float best = Float.NEGATIVE_INFINITY;
      int number = 0;
      for (int i = 0; i < friend.exemplars().size(); i++) {
        float score = face.cosine(friend.exemplars().get(i));
        if (score > best) {
          best = score;
          number = i;
        }
      }
      nearest.add(new MatchCandidate(friend.friendId(), best, number, friend.profileVersion()));
      if (nearest.size() > MOST) {
        nearest.remove();
      }
    }
    return nearest.stream().sorted(NEAREST_FIRST).toList();
  }
}
