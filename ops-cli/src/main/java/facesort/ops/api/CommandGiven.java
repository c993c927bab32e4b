package facesort.ops.api;

/** Ingest has written a command; the job's status answers it under this event id. */
public record CommandGiven(String jobId, String eventId, String command) {}
