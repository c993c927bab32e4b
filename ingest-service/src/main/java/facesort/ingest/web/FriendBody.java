package facesort.ingest.web;

import facesort.ingest.friend.Contact;
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

  /**
   * The JSON of a contact.
   *
   * @param channel folder, telegram or none
   * @param address folder name or chat id
   */
  record ContactBody(@Nullable String channel, @Nullable String address) {

    @Override
    public String toString() {
      return "ContactBody[channel=%s]".formatted(channel);
    }
  }

  /** The request of that owner, checked. */
  FriendRequest request(String ownerId) {
    if (name == null) {
      throw JobBody.refused("part friend: name is missing");
    }
    if (consent == null) {
      throw JobBody.refused(
          "part friend: consent is missing: say true when the friend agreed, else false");
    }
    var checkedName = JobBody.text("name", name);
    return new FriendRequest(
        ownerId,
        id(checkedName),
        checkedName,
        consent,
        consentPolicy == null ? NO_POLICY : JobBody.text("consent_policy", consentPolicy),
        contact == null ? null : Contact.of(contact.channel(), contact.address()));
  }

  private String id(String checkedName) {
    var id = friendId == null ? FriendSlug.of(checkedName) : friendId;
    if (id.isEmpty()) {
      throw JobBody.refused(
          "no id can be made from the name '%s': send friend_id".formatted(checkedName));
    }
    if (!EventIds.isValid(id)) {
      throw JobBody.refused("friend_id must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
    return id;
  }
}
