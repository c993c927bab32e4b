package facesort.ingest.friend;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to an enrolment whose records are committed.
 *
 * @param friendId friend
 * @param profileVersion version that enrolment will answer
 * @param references number of reference photos it has
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FriendAccepted(String friendId, long profileVersion, int references) {}
