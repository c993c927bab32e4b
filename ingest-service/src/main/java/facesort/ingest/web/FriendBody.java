package facesort.ingest.web;

import facesort.ingest.friend.FriendRequest;
import facesort.ingest.friend.FriendSlug;
import facesort.schemas.EventIds;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a friend.
 *
 * @param friendId id; left out it is made from the name
 * @param name name for people
 * @param consent whether the friend agreed; must be said
 * @param consentPolicy version of the text that was agreed to
 * @param contact how the friend is reached; left out it stays as it is
 */
record FriendBody(
    @Nullable String friendId,
    @Nullable String name,
    @Nullable Boolean consent,
    @Nullable String consentPolicy,
    @Nullable ContactBody contact) {

  private static final String NO_POLICY = "unspecified";

  /** The request of that owner, checked. */
  FriendRequest request(String ownerId) {
    if (name == null) {
      throw InvalidRequest.of("part friend: name is missing");
    }
    if (consent == null) {
      throw InvalidRequest.of(
          "part friend: consent is missing: say true when the friend agreed, else false");
    }
    var checkedName = JobBody.text("name", name);
    return new FriendRequest(
        ownerId,
        id(checkedName),
        checkedName,
        consent,
        consentPolicy == null ? NO_POLICY : JobBody.text("consent_policy", consentPolicy),
        contact == null ? null : contact.contact());
  }

  private String id(String checkedName) {
    var id = friendId == null ? FriendSlug.of(checkedName) : friendId;
    if (id.isEmpty()) {
      throw InvalidRequest.of(
          "no id can be made from the name '%s': send friend_id".formatted(checkedName));
    }
    if (!EventIds.isValid(id)) {
      throw InvalidRequest.of("friend_id must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
    return id;
  }
}
