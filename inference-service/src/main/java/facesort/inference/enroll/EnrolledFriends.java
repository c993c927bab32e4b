package facesort.inference.enroll;

import facesort.inference.face.Embedding;
import facesort.schemas.FriendGallery;
import facesort.schemas.GalleryWarning;
import facesort.schemas.GalleryWarningCode;
import facesort.service.Followed;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The vectors of all friends of all owners, as friend.gallery tells of them and as this process has
 * just made them: for warnings that two friends look alike. Any thread may use it.
 */
final class EnrolledFriends {
  /** From here on a photo of one is often asked about, or taken, as one of the other. */
  static final float TWIN_FROM = 0.45f;

  private static final int MOST_WARNINGS = 5;

  private record Known(long version, String spaceId, List<Embedding> exemplars) {}

  private final Map<String, Map<String, Known>> owners = new ConcurrentHashMap<>();

  /** Takes the next record of friend.gallery. */
  void read(Followed<FriendGallery> record) {
    FriendGallery gallery = record.value();
    if (gallery != null) {
      put(gallery);
      return;
    }
    int slash = record.key().indexOf('/');
    if (slash > 0) {
      friends(record.key().substring(0, slash)).remove(record.key().substring(slash + 1));
    }
  }

  /**
   * Takes a gallery that was just made. Of two that are made at once at least one finds the other:
   * each is put in before it looks around.
   *
   * @return a warning for each of the owner's friends who looks alike, nearest first, at most 5
   */
  List<GalleryWarning> made(FriendGallery gallery) {
    put(gallery);
    Known friend = known(gallery);
    return friends(gallery.getOwnerId()).entrySet().stream()
        .filter(other -> !other.getKey().equals(gallery.getFriendId()))
        .flatMap(other -> twin(friend, other.getKey(), other.getValue()).stream())
        .sorted(
            Comparator.comparing(GalleryWarning::getScore, Comparator.reverseOrder())
                .thenComparing(GalleryWarning::getFriendId))
        .limit(MOST_WARNINGS)
        .toList();
  }

  private static Optional<GalleryWarning> twin(Known friend, String otherId, Known other) {
    if (!friend.spaceId.equals(other.spaceId)) {
      return Optional.empty();
    }
    float nearest = Float.NEGATIVE_INFINITY;
    for (Embedding mine : friend.exemplars) {
      for (Embedding theirs : other.exemplars) {
        nearest = Math.max(nearest, mine.cosine(theirs));
      }
    }
    return nearest >= TWIN_FROM ? Optional.of(warning(otherId, nearest)) : Optional.empty();
  }

  private static GalleryWarning warning(String otherId, float score) {
    return new GalleryWarning(
        GalleryWarningCode.TWIN,
        otherId,
        score,
        String.format(
            Locale.ROOT,
            "Looks like %s (cosine %.2f): photos of one may be taken for the other",
            otherId,
            score));
  }

  /** An older answer never replaces a newer one: what was made here is read back later. */
  private void put(FriendGallery gallery) {
    friends(gallery.getOwnerId())
        .merge(
            gallery.getFriendId(),
            known(gallery),
            (before, next) -> next.version >= before.version ? next : before);
  }

  private Map<String, Known> friends(String ownerId) {
    return owners.computeIfAbsent(ownerId, _ -> new ConcurrentHashMap<>());
  }

  private static Known known(FriendGallery gallery) {
    return new Known(
        gallery.getProfileVersion(),
        gallery.getSpaceId(),
        gallery.getExemplars().stream()
            .filter(exemplar ->
                exemplar.getEmbedding().remaining() == gallery.getDimension() * Float.BYTES)
            .map(exemplar -> Embedding.fromBytes(exemplar.getEmbedding()))
            .toList());
  }
}
