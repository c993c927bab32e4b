package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.PartitionOffset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known about one friend. One thread at a time. */
final class FriendFile {
  private static final long NONE = -1;

  private record OpenProfile(long version, int partition, long offset) {}

  private final String friendId;
  private final List<OpenProfile> open = new ArrayList<>();
  private boolean consents;
  private long answered = NONE;
  private @Nullable GalleryFriend friend;

  FriendFile(String friendId) {
    this.friendId = friendId;
  }

  /** Takes the next profile; null: there is none any more. */
  void profile(@Nullable FriendProfile profile, int partition, long offset) {
    if (profile == null) {
      consents = false;
      open.clear();
      return;
    }
    consents = profile.getConsent().getGiven() && !profile.getErased();
    if (profile.getVersion() > answered) {
      open.add(new OpenProfile(profile.getVersion(), partition, offset));
    }
  }

  /** Takes the next answer of enrolment; null: there is none any more. */
  void gallery(@Nullable FriendGallery gallery) {
    if (gallery == null) {
      friend = null;
      return;
    }
    answered = Math.max(answered, gallery.getProfileVersion());
    open.removeIf(profile -> profile.version() <= answered);
    friend = gallery.getState() == GalleryState.ACCEPTED ? friend(gallery) : null;
  }

  /** Returns the friend if faces may be compared with him or her. */
  Optional<GalleryFriend> friend() {
    return consents ? Optional.ofNullable(friend) : Optional.empty();
  }

  /** Returns whether a profile before these offsets has no answer yet. */
  boolean isOpen(List<PartitionOffset> upto) {
    return open.stream()
        .anyMatch(profile ->
            upto.stream()
                .anyMatch(end ->
                    end.getPartition() == profile.partition()
                        && profile.offset() < end.getOffset()));
  }

  private GalleryFriend friend(FriendGallery gallery) {
    return new GalleryFriend(
        friendId,
        gallery.getProfileVersion(),
        gallery.getSpaceId(),
        gallery.getExemplars().stream()
            .map(exemplar -> embedding(exemplar.getEmbedding(), gallery.getDimension()))
            .toList());
  }

  /** One of another size is kept, though empty: a match names exemplars by their place. */
  private static Embedding embedding(ByteBuffer bytes, int dimension) {
    return bytes.remaining() == dimension * Float.BYTES
        ? Embedding.fromBytes(bytes)
        : Embedding.of();
  }
}
