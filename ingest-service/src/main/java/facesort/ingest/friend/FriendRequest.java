package facesort.ingest.friend;

import org.jspecify.annotations.Nullable;

/**
 * A friend as an owner describes him or her, apart from the reference photos.
 *
 * @param ownerId owner
 * @param friendId id
 * @param name name for people
 * @param consent whether the friend agreed to be recognised and sent photos
 * @param consentPolicy version of the text that was agreed to
 * @param contact how the friend is reached; null leaves it as it is
 */
public record FriendRequest(
    String ownerId,
    String friendId,
    String name,
    boolean consent,
    String consentPolicy,
    @Nullable Contact contact) {}
