package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * An owner's friends at one moment. Immutable: who asks a gallery is not stopped by changes, which
 * make another gallery. Made cheaply; the exemplars are laid out for queries when one first asks,
 * so that many changes in a row cost little.
 */
public final class Gallery {
  /** The gallery of an owner without friends. */
  public static final Gallery EMPTY = new Gallery(List.of());

  private record Space(String id, int dimension) {}

  private final List<GalleryFriend> friends;
  private final ConcurrentMap<Space, NearestFriends> spaces = new ConcurrentHashMap<>();

  private Gallery(List<GalleryFriend> friends) {
    this.friends = friends;
  }

  /** Returns a gallery of these friends, each with an id of its own, in any order. */
  public static Gallery of(Collection<GalleryFriend> friends) {
    return new Gallery(
        friends.stream().sorted(Comparator.comparing(GalleryFriend::friendId)).toList());
  }

  /** Returns all friends, by id. */
  public List<GalleryFriend> friends() {
    return friends;
  }

  /** Returns the friends whose vectors may be compared with those of a space. */
  List<GalleryFriend> in(String spaceId) {
    return friends.stream().filter(friend -> friend.spaceId().equals(spaceId)).toList();
  }

  /**
   * Returns for each face the five friends whose best exemplars are nearest, with the score of
   * each: the cosine in double, rounded once to float. Equal scores by the smaller friend id; of
   * equal exemplars the first. Faces of a photo are cheaper together than one by one.
   *
   * @param spaceId embedding space of the faces; friends of other spaces are not compared
   * @param faces embeddings; null where a face has none
   * @return as many lists as faces; empty where nothing can be compared
   */
  public List<List<MatchCandidate>> nearest(
      String spaceId, List<? extends @Nullable Embedding> faces) {
    List<List<MatchCandidate>> nearest =
        new ArrayList<>(Collections.nCopies(faces.size(), List.of()));
    Map<Integer, Map<Integer, Embedding>> byDimension = new HashMap<>();
    for (int i = 0; i < faces.size(); i++) {
      Embedding face = faces.get(i);
      if (face != null && face.isComparable()) {
        byDimension.computeIfAbsent(face.dimension(), _ -> new TreeMap<>()).put(i, face);
      }
    }
    byDimension.forEach((dimension, places) -> {
      var found = space(spaceId, dimension).of(List.copyOf(places.values())).iterator();
      places.keySet().forEach(place -> nearest.set(place, found.next()));
    });
    return nearest;
  }

  /** Laid out once; who comes meanwhile and needs the same waits for it. */
  private NearestFriends space(String id, int dimension) {
    return spaces.computeIfAbsent(
        new Space(id, dimension), space -> new NearestFriends(in(space.id()), space.dimension()));
  }
}
