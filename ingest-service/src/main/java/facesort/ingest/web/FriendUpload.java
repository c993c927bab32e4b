package facesort.ingest.web;

import facesort.ingest.friend.FriendAccepted;
import facesort.ingest.friend.Friends;
import facesort.ingest.friend.OpenFriend;
import facesort.ingest.photo.PhotoLimits;
import facesort.ingest.photo.ReceivedPart;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One multipart request for a friend: part friend first, then references. One step at a time. */
final class FriendUpload {

  private static final String FRIEND = "friend";
  private static final String REFERENCES = "references";

  private final Friends friends;
  private final String ownerId;
  private @Nullable OpenFriend open;

  FriendUpload(Friends friends, String ownerId) {
    this.friends = friends;
    this.ownerId = ownerId;
  }

  static long maxBytes(String part) {
    return switch (part) {
      case FRIEND -> JsonPart.MAX_BYTES;
      case REFERENCES -> PhotoLimits.MAX_BYTES;
      default -> 0;
    };
  }

  Mono<Void> accept(ReceivedPart part) {
    return switch (part.name()) {
      case FRIEND -> open(part);
      case REFERENCES -> friends.reference(opened(), part);
      default ->
          throw InvalidRequest.of(
              "part %s is not known: a friend has a part friend and then parts references"
                  .formatted(part.name()));
    };
  }

  Mono<FriendAccepted> finish() {
    return friends.accept(opened());
  }

  private Mono<Void> open(ReceivedPart part) {
    if (open != null) {
      throw InvalidRequest.of("part friend is there twice");
    }
    open = OpenFriend.of(JsonPart.read(part, FriendBody.class).request(ownerId));
    return Mono.empty();
  }

  private OpenFriend opened() {
    if (open == null) {
      throw InvalidRequest.of("part friend must come first: it is missing, or after a reference");
    }
    return open;
  }
}
