package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.schemas.FailureCode.OWNER_MISMATCH;
import static facesort.worker.rules.EventRule.that;
import static facesort.worker.rules.EventRule.withKey;

import facesort.schemas.EventIds;
import facesort.schemas.FriendProfile;
import java.util.List;

/**
 * Rules for a friend's profile. Its references have none: one that cannot be read is told in the
 * answer to the profile, beside the others.
 */
final class FriendProfileRules {
  static final List<EventRule<FriendProfile>> RULES =
      List.of(
          that(
              INVALID_EVENT,
              "friend_id is no id of [A-Za-z0-9_-]{1,64}",
              profile -> EventIds.isValid(profile.getFriendId())),
          withKey(
              OWNER_MISMATCH,
              "the record's key names another owner than the profile",
              profile -> profile.key().startsWith(profile.event().getOwnerId() + "/")),
          withKey(
              INVALID_EVENT,
              "the record's key names another friend than the profile",
              profile -> {
                FriendProfile event = profile.event();
                return profile
                    .key()
                    .equals(EventIds.friendKey(event.getOwnerId(), event.getFriendId()));
              }),
          that(INVALID_EVENT, "version is negative", profile -> profile.getVersion() >= 0));

  private FriendProfileRules() {}
}
