package facesort.ops.api;

/**
 * Ingest's answer to an enrolment; the gallery's answer follows at the projector.
 *
 * @param profileVersion what the gallery's answer will name
 */
public record FriendAccepted(String friendId, long profileVersion) {}
