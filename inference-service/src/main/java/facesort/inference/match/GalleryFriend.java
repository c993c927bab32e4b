package facesort.inference.match;

import facesort.inference.face.Embedding;
import java.util.List;

/**
 * A friend that faces are compared with.
 *
 * @param friendId friend id
 * @param profileVersion version of the profile that the exemplars were made from
 * @param spaceId embedding space of the exemplars
 * @param exemplars one per accepted reference photo
 */
public record GalleryFriend(
    String friendId, long profileVersion, String spaceId, List<Embedding> exemplars) {
  /** Copies the exemplars. */
  public GalleryFriend {
    exemplars = List.copyOf(exemplars);
  }
}
