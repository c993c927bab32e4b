package facesort.ingest.command;

import facesort.schemas.JobCommand;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer to a command whose record is committed; whether the job obeys is answered by its
 * status, under this event id.
 *
 * @param jobId job
 * @param eventId id of the command's record
 * @param command what was commanded
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CommandAccepted(String jobId, String eventId, JobCommand command) {}
