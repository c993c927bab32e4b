package facesort.ingest.storage;

import java.time.Instant;

/**
 * That something was submitted, as the bucket's listing shows it.
 *
 * @param ownerId owner
 * @param jobId job
 * @param at when its manifest was written
 */
public record Submission(String ownerId, String jobId, Instant at) {}
