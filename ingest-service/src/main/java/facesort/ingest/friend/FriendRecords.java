package facesort.ingest.friend;

import facesort.schemas.Consent;
import facesort.schemas.EventIds;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.ObjectRef;
import facesort.schemas.Topics;
import java.time.Instant;
import java.util.List;

/** The events that make a friend known. */
final class FriendRecords {

  private FriendRecords() {}

  static FriendProfile profile(
      FriendRequest friend, List<ObjectRef> references, long version, Instant now) {
    return FriendProfile.newBuilder()
        .setEventId(
            EventIds.friend(Topics.FRIEND_PROFILE, friend.ownerId(), friend.friendId(), version))
        .setOccurredAt(now)
        .setOwnerId(friend.ownerId())
        .setFriendId(friend.friendId())
        .setVersion(version)
        .setName(friend.name())
        .setConsent(
            Consent.newBuilder()
                .setGiven(friend.consent())
                .setAt(now)
                .setPolicy(friend.consentPolicy())
                .build())
        .setReferences(references)
        .build();
  }

  static FriendContact contact(FriendRequest friend, Contact contact, long version, Instant now) {
    return FriendContact.newBuilder()
        .setEventId(
            EventIds.friend(Topics.FRIEND_CONTACT, friend.ownerId(), friend.friendId(), version))
        .setOccurredAt(now)
        .setOwnerId(friend.ownerId())
        .setFriendId(friend.friendId())
        .setVersion(version)
        .setChannel(contact.channel())
        .setAddress(contact.address())
        .build();
  }
}
